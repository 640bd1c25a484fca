/** The finder on a thread of its own: comparing takes the processor for seconds, which nobody else should wait for. */
import { parentPort } from 'node:worker_threads'
import type { Column, Values } from './model/columns.ts'
import { findDuplicates } from './model/find.ts'
import type { Reason } from './model/judge.ts'
import { Table } from './model/table.ts'

export type NamedDecision = { a: string; b: string; same: boolean }
export type ToFinder =
  | { columns: Column[] }
  | { records: { id: string; values: Values }[] }
  | { find: true; decisions: readonly NamedDecision[] }
export type FoundPair = { a: string; b: string; score: number; reasons: Reason[] }
export type FromFinder = { taken: number } | { pairs: FoundPair[] }

let table = new Table([])

parentPort?.on('message', (order: ToFinder) => {
  if ('columns' in order) table = new Table(order.columns)
  else if ('records' in order) for (const { id, values } of order.records) table.add(id, values)
  parentPort?.postMessage('find' in order ? find(order.decisions) : { taken: table.size })
})

function find(decisions: readonly NamedDecision[]): FromFinder {
  const places = new Map(table.ids.map((id, place) => [id, place]))
  const known = decisions.flatMap(({ a, b, same }) => {
    const [one, other] = [places.get(a), places.get(b)]
    return one === undefined || other === undefined ? [] : [{ a: one, b: other, same }]
  })
  const { pairs } = findDuplicates(table, known)
  return {
    pairs: pairs.map(({ a, b, score, reasons }) => {
      const [one = '', other = ''] = [table.ids[a] ?? '', table.ids[b] ?? ''].toSorted()
      return { a: one, b: other, score, reasons }
    }),
  }
}
