/**
 * Who is probably there already, while somebody types a new record. Search finds whoever has one of its addresses,
 * numbers or its name, and the model says how probable each of these is the same, before it has learned anything.
 */
import type { DuplicateOf } from '@rapport/contracts'
import { sql } from 'kysely'
import { belongsClause, seenBy, visibleClause, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { RecordKind } from '../records/index.ts'
import { matchClause } from '../search/index.ts'
import { sourcesOf, type Row } from './columns.ts'
import { isWithForm, withoutForm } from './model/compare.ts'
import { unlearned } from './model/estimate.ts'
import { judge, proposedFrom } from './model/judge.ts'
import { Table, withoutHonorific } from './model/table.ts'
import { seenReasons } from './read.ts'

/** For each address, number and name. */
const lookedAt = 20
const told = 5
const mostAsked = 6

export async function findWhileTyping(
  ctx: Ctx,
  kind: RecordKind,
  values: Record<string, unknown>,
): Promise<DuplicateOf[]> {
  const records = seenBy(kind.records, ctx.actor)
  const found = await readCandidates(ctx, records, values)
  if (found.length === 0) return []
  const entered: Row = { ...values, id: '', custom: (values['custom'] ?? {}) as Row['custom'] }
  const rows = found.map((row) => withFormOf(row, entered, records.title))
  const sources = sourcesOf(records, [entered, ...rows]).filter(({ column }) => column.kind !== 'number')
  const table = new Table(sources.map(({ column }) => column))
  for (const row of [entered, ...rows])
    table.add(
      row.id,
      sources.map(({ valuesOf }) => valuesOf(row)),
    )
  const model = unlearned(table)
  return found
    .map((row, place): DuplicateOf => {
      const { score, reasons } = judge(table, model, 0, place + 1)
      const fields = reasons.map(({ name, ...reason }) => ({ field: name, ...reason }))
      const name = records.fields.has(records.title) ? String(row[records.title] ?? '') : ''
      return { id: row.id, name, duplicate_id: null, score, reasons: seenReasons(ctx.actor, kind, fields) }
    })
    .filter(({ score, reasons }) => score >= proposedFrom || areNamesakes(records.title, reasons))
    .toSorted((one, other) => other.score - one.score)
    .slice(0, told)
}

/** Of a name of one word the model thinks little, but whoever types one that is there wants to know. */
const areNamesakes = (title: string, reasons: DuplicateOf['reasons']): boolean =>
  !isPerson(title) &&
  reasons.some(({ field, agreement }) => field === title && agreement === 'same') &&
  reasons.every(({ agreement }) => agreement !== 'different')

/** What is typed is looked for by what tells records apart best. */
function askedIn(records: RecordDescription, values: Record<string, unknown>): string[] {
  const telling = ['email', 'phone', 'emails', 'phones']
  const named = [...records.fields.values()].filter(
    ({ name, type, searchable }) => searchable && (name === records.title || telling.includes(type)),
  )
  const texts = named.flatMap(({ name }) => {
    const given = [values[name] ?? []].flat().filter((one) => typeof one === 'string')
    return name === records.title ? given.flatMap((one) => namesOf(one, isPerson(name))) : given
  })
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text.length >= 3))].slice(0, mostAsked)
}

const isPerson = (title: string): boolean => title === 'full_name'

/** As it is typed, and as who is there may be called: a person without a title or middle names, a firm without its form. */
function namesOf(name: string, person: boolean): string[] {
  if (!person) return [name, withoutForm(wordsOf(name))]
  const plain = withoutHonorific(name)
  return [plain, wordsOf(plain).replace(/ .* /, ' ')]
}

const wordsOf = (name: unknown): string =>
  String(name ?? '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Who has the same name but for a legal form, which people leave out, counts as named the same. */
function withFormOf(row: Row, entered: Row, title: string): Row {
  const isOnlyForm = !isPerson(title) && isWithForm(wordsOf(row[title]), wordsOf(entered[title]))
  return isOnlyForm ? { ...row, [title]: entered[title] } : row
}

async function readCandidates(
  { tx, actor }: Ctx,
  records: RecordDescription,
  values: Record<string, unknown>,
): Promise<Row[]> {
  const { object, permissions } = records
  const matches = askedIn(records, values).flatMap(
    (q) => matchClause(actor, object, permissions.read, q) ?? [],
  )
  const rows = new Map<string, Row>()
  for (const match of matches) {
    const { rows: found } = await sql<Row>`
      SELECT r.* FROM ${sql.table(records.table)} r
      WHERE ${belongsClause(records, actor)} AND r.deleted_at IS NULL ${visibleClause(records, actor)}
        AND r.id IN (SELECT m.record_id FROM (${match.newest(null, lookedAt)}) m)`.execute(tx)
    for (const row of found) rows.set(row.id, row)
  }
  return [...rows.values()]
}
