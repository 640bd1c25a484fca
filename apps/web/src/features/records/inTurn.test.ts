import { expect, test } from 'vitest'
import { inTurn } from './inTurn.ts'

/** A record as the server keeps it; `meddle` is a change by somebody else. */
function aRecord() {
  let version = 7
  const sent: (number | undefined)[] = []
  return {
    sent,
    meddle: () => void (version += 1),
    save: async (seen: number | undefined) => {
      sent.push(seen)
      await Promise.resolve()
      version += 1
      return { version }
    },
  }
}

test('changes of one record leave one after the other, each from where the last one led', async () => {
  const { save, sent } = aRecord()
  const saved = await Promise.all([7, 7, 7].map((base) => inTurn('a', base, save)))
  expect(sent).toEqual([7, 8, 9])
  expect(saved.map(({ version }) => version)).toEqual([8, 9, 10])
})

test('what somebody else changed in between is not passed over', async () => {
  const { save, sent, meddle } = aRecord()
  const first = inTurn('b', 7, async (version) => {
    meddle()
    return save(version)
  })
  await Promise.all([first, inTurn('b', 7, save)])
  expect(sent).toEqual([7, 7])
})

test('a change that is refused holds up no other', async () => {
  const { save, sent } = aRecord()
  const refused = inTurn('c', 7, () => Promise.reject(new Error('refused')))
  await expect(Promise.all([refused, inTurn('c', 7, save)])).rejects.toThrow('refused')
  await inTurn('c', 8, save)
  expect(sent).toEqual([7, 8])
})
