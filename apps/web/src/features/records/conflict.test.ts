import { RapportProblem } from '@rapport/sdk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saveAmongOthers, type Values } from './conflict.ts'

type Held = { version: number; values: Values }

/** A record as the server keeps it: a stale change is refused with the fields that were changed since, too. */
function aRecord() {
  let record: Held = { version: 1, values: {} }
  const changed: string[][] = []
  return {
    current: () => record,
    change(values: Values, version: number | undefined): Held {
      const since = changed.slice((version ?? record.version) - 1).flat()
      if (version !== undefined && version !== record.version)
        throw new RapportProblem({
          type: 'about:blank',
          title: 'Conflict',
          detail: 'It was changed meanwhile.',
          request_id: 'none',
          status: 409,
          code: 'version_conflict',
          current: record,
          conflicts: Object.keys(values).filter((field) => since.includes(field)),
        })
      changed.push(Object.keys(values))
      record = { version: record.version + 1, values: { ...record.values, ...values } }
      return record
    },
  }
}

const about = { object: 'lead', id: '1', recent: async () => [] }
const writers = ['city', 'score', 'custom.size']
const changes = fc.array(fc.integer(), { minLength: 1, maxLength: 6 })

test('whoever writes a field alone gets through, however many changes of other fields come in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.tuple(changes, changes, changes), async (scheduler, wanted) => {
      const record = aRecord()
      const writing = writers.map(async (field, writer) => {
        let { version } = record.current()
        for (const value of wanted[writer] ?? []) {
          const save = async (values: Values, on: number | undefined) => {
            await scheduler.schedule(Promise.resolve(), `${field} on ${on}`)
            return record.change(values, on)
          }
          version = (await saveAmongOthers({ about, version, values: { [field]: value }, save })).version
        }
      })
      await scheduler.waitFor(Promise.all(writing))
      expect(record.current()).toEqual({
        version: 1 + wanted.flat().length,
        values: Object.fromEntries(writers.map((field, writer) => [field, wanted[writer]?.at(-1)])),
      })
    }),
  )
})

test('a change that never gets through is given up with the refusal', async () => {
  const record = aRecord()
  let attempts = 0
  const save = async (values: Values, on: number | undefined) => {
    attempts += 1
    record.change({ score: attempts }, undefined)
    return record.change(values, on)
  }
  const saving = saveAmongOthers({ about, version: 1, values: { city: 'Natal' }, save })
  await expect(saving).rejects.toMatchObject({ code: 'version_conflict' })
  expect(attempts).toBe(25)
})
