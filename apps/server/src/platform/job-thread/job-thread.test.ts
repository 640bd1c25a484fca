import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import type { Commit } from '../tenancy.ts'
import { createJobThread, type JobThread } from './job-thread.ts'

const data = { organization_id: 'acme', user_id: null }
const live = () => new AbortController().signal
const log = pino({ level: 'silent' })

let commits: Commit[] = []
let thread: JobThread
function open(idle_ms?: number): void {
  commits = []
  thread = createJobThread({
    entry: new URL('./thread.fixture.ts', import.meta.url),
    data: null,
    log,
    committed: (commit) => void commits.push(commit),
    ...(idle_ms === undefined ? {} : { idle_ms }),
  })
}
afterEach(() => thread.stop())

const whichThread = async () => {
  const problem: unknown = await thread.run('which', data, live()).catch((error: unknown) => error)
  return problem instanceof Error ? problem.message : ''
}

describe('the thread of the jobs', () => {
  test('does a job, and what it committed is told before it is done', async () => {
    open()
    await thread.run('commit', data, live())
    expect(commits).toEqual([
      {
        organization_id: 'acme',
        seq: 7,
        changes_access: false,
        events: [{ type: 'lead.created', keys: [] }],
      },
    ])
  })

  test('tells what a job failed of, and goes on with others', async () => {
    open()
    const done = thread.run('commit', data, live())
    await expect(thread.run('fail', data, live())).rejects.toThrow('It cannot be done.')
    await done
  })

  test('stops a job that is to stop', async () => {
    open()
    const halt = new AbortController()
    const running = thread.run('wait', data, halt.signal)
    setTimeout(() => halt.abort(new Error('Jobs are paused.')), 50)
    await expect(running).rejects.toThrow('aborted')
    await expect(thread.run('commit', data, AbortSignal.abort())).rejects.toThrow('aborted')
    expect(commits).toEqual([])
  })

  test('starts anew after it has broken; what ran in it has failed', async () => {
    open()
    const first = await whichThread()
    const waiting = thread.run('wait', data, live())
    await expect(Promise.all([waiting, thread.run('break', data, live())])).rejects.toThrow(
      'ended with code 3',
    )
    await expect(waiting).rejects.toThrow('ended with code 3')
    await thread.run('commit', data, live())
    expect(await whichThread()).not.toBe(first)
  })

  test('ends when there is nothing to do for a while, not while there is', async () => {
    open(100)
    const first = await whichThread()
    expect(await whichThread()).toBe(first)
    const halt = new AbortController()
    const running = thread.run('wait', data, halt.signal)
    await pause(300)
    expect(await whichThread()).toBe(first)
    halt.abort()
    await expect(running).rejects.toThrow('aborted')
    await pause(300)
    expect(await whichThread()).not.toBe(first)
  })

  test('logs as much as the server does now', async () => {
    open()
    expect(await whichThread()).toMatch(/at silent$/)
    log.level = 'fatal'
    try {
      expect(await whichThread()).toMatch(/at fatal$/)
    } finally {
      log.level = 'silent'
    }
  })
})
