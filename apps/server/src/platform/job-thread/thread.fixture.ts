/** A thread whose jobs do what they are told: end, fail, commit, wait for the end, break. */
import { setTimeout as pause } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'
import { pino } from 'pino'
import { tellCommit, workOnOrders } from './orders.ts'

const log = pino({ level: 'silent' })

workOnOrders(async () => ({
  log,
  stop: async () => undefined,
  async run(kind, { organization_id }, signal) {
    if (kind === 'fail') throw new RangeError('It cannot be done.')
    if (kind === 'break') process.exit(3)
    if (kind === 'wait') await pause(60_000, undefined, { signal })
    if (kind === 'which') throw new Error(`thread ${threadId} at ${log.level}`)
    tellCommit({
      organization_id,
      seq: 7,
      changes_access: false,
      events: [{ type: 'lead.created', keys: [] }],
    })
  },
}))
