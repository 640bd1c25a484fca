import { describe, expect, test } from 'vitest'
import { createOutbox, type Unsent } from './outbox.ts'

type Attempt = { client_id: string; done: () => void; fail: (error: unknown) => void }
const written = (client_id: string, channel_id = 'c') => ({
  client_id,
  channel_id,
  written_at: '2026-11-22T00:00:00Z',
  body: client_id,
})
/** Until all that follows from an answer has happened. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

function anOutbox(left: readonly Unsent<string>[] = []) {
  const attempts: Attempt[] = []
  let kept: readonly Unsent<string>[] = left
  const outbox = createOutbox<string>({
    send: ({ client_id }) =>
      new Promise((done, fail) => attempts.push({ client_id, done: () => done(), fail })),
    judge: (error) => (error === 'network' ? 'later' : 'refused'),
    keep: (unsent) => (kept = unsent),
    left,
    pause: () => () => undefined,
  })
  const states = () => outbox.read().map(({ client_id, state }) => `${client_id} ${state}`)
  return { outbox, attempts, states, kept: () => kept.map(({ client_id }) => client_id) }
}

describe('what is written', () => {
  test('goes one after the other within a conversation, and conversations do not wait for each other', async () => {
    const { outbox, attempts } = anOutbox()
    outbox.add(written('a'))
    outbox.add(written('b'))
    outbox.add(written('x', 'other'))
    expect(attempts.map(({ client_id }) => client_id)).toEqual(['a', 'x'])
    attempts[0]?.done()
    await settle()
    expect(attempts.map(({ client_id }) => client_id)).toEqual(['a', 'x', 'b'])
  })

  test('waits without a connection, with all that follows it, and goes when it is back', async () => {
    const { outbox, attempts, states } = anOutbox()
    outbox.add(written('a'))
    outbox.add(written('b'))
    attempts[0]?.fail('network')
    await settle()
    expect(states()).toEqual(['a waiting', 'b sending'])
    expect(attempts).toHaveLength(1)
    outbox.wake()
    attempts[1]?.done()
    await settle()
    attempts[2]?.done()
    await settle()
    expect(attempts.map(({ client_id }) => client_id)).toEqual(['a', 'a', 'b'])
    expect(states()).toEqual([])
  })

  test('is offered to be sent again when it is refused, and holds up nothing', async () => {
    const { outbox, attempts, states } = anOutbox()
    outbox.add(written('a'))
    outbox.add(written('b'))
    attempts[0]?.fail('too long')
    await settle()
    expect(states()).toEqual(['a refused', 'b sending'])
    attempts[1]?.done()
    await settle()
    outbox.again('a')
    expect(states()).toEqual(['a sending'])
    attempts[2]?.done()
    await settle()
    expect(states()).toEqual([])
  })

  test('is found again after a reload, and sent only when one says so', async () => {
    const { outbox, attempts, states } = anOutbox([{ ...written('a'), state: 'sending' }])
    expect(states()).toEqual(['a left'])
    outbox.wake()
    expect(attempts).toEqual([])
    outbox.again('a')
    expect(attempts.map(({ client_id }) => client_id)).toEqual(['a'])
  })

  test('is gone when it has arrived, though the answer was lost', async () => {
    const { outbox, attempts, kept } = anOutbox()
    outbox.add(written('a'))
    expect(kept()).toEqual(['a'])
    outbox.confirm('a')
    attempts[0]?.fail('network')
    await settle()
    expect(outbox.read()).toEqual([])
    expect(kept()).toEqual([])
    outbox.wake()
    expect(attempts).toHaveLength(1)
  })
})
