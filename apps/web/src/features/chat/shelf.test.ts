import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addNewer, addOlder, emptyShelf, learn, shownOf, showStretch, type Told } from './shelf.ts'

type Message = Told & { text: string }
const message = (seq: number, revision = 0): Message => ({
  id: `m${seq}`,
  seq,
  revision,
  text: `${seq} as of ${revision}`,
})
const placesOf = (messages: readonly Told[]) => messages.map(({ seq }) => seq)

/** All that was ever told of a channel: each message in each of its revisions. */
const histories = fc
  .array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 })
  .map((edits) =>
    edits.flatMap((times, index) =>
      Array.from({ length: times + 1 }, (_, revision) => message(index + 1, revision)),
    ),
  )

describe('the messages of a channel', () => {
  test('are the same list in whatever order and how often they are told', () => {
    const told = histories.chain((facts) =>
      fc.record({
        facts: fc.constant(facts),
        order: fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
        cuts: fc.array(fc.nat({ max: facts.length * 2 }), { maxLength: 5 }),
      }),
    )
    fc.assert(
      fc.property(told, ({ facts, order, cuts }) => {
        const start = showStretch(emptyShelf<Message>(), { messages: [], older: false, newer: false })
        const inOrder = shownOf(learn(start, facts))
        // In pieces of any size: an event is one message, a page is many.
        const places = [0, ...cuts.toSorted((a, b) => a - b), order.length]
        const shelf = places.reduce(
          (known, cut, index) => learn(known, order.slice(places[index - 1] ?? 0, cut)),
          start,
        )
        expect(shownOf(shelf)).toEqual(inOrder)
        expect(new Set(shownOf(shelf).map(({ id }) => id)).size).toBe(inOrder.length)
      }),
    )
  })

  test('go on telling what was heard while an older page was on its way', () => {
    const start = showStretch(emptyShelf<Message>(), { messages: [message(11)], older: true, newer: false })
    const edited = learn(start, [message(10, 3)])
    expect(placesOf(shownOf(edited))).toEqual([11])
    const read = addOlder(edited, { messages: [message(9), message(10, 2)], older: true })
    expect(shownOf(read)).toEqual([message(9), message(10, 3), message(11)])
  })

  test('show no gap: what is said now is not put below a part of long ago', () => {
    const past = showStretch(emptyShelf<Message>(), {
      messages: [message(3), message(4)],
      older: true,
      newer: true,
    })
    const heard = learn(past, [message(90)])
    expect(placesOf(shownOf(heard))).toEqual([3, 4])
    const next = addNewer(heard, { messages: [message(5)], newer: true })
    expect(placesOf(shownOf(next))).toEqual([3, 4, 5])
    const last = addNewer(next, { messages: [message(89), message(90)], newer: false })
    expect(placesOf(shownOf(last))).toEqual([3, 4, 5, 89, 90])
    expect(placesOf(shownOf(learn(last, [message(91)])))).toEqual([3, 4, 5, 89, 90, 91])
  })

  test('stay the same object when nothing new is told, so that nothing is drawn again', () => {
    const shelf = learn(emptyShelf<Message>(), [message(1, 2)])
    expect(learn(shelf, [message(1, 2), message(1)])).toBe(shelf)
  })

  test('begin where the server says that nothing stands before', () => {
    const shelf = showStretch(emptyShelf<Message>(), {
      messages: [message(7), message(8)],
      older: false,
      newer: false,
    })
    expect(shelf).toMatchObject({ from: 0, to: Number.POSITIVE_INFINITY })
  })
})
