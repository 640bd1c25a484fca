/** The objects whose records are about a person, and in which of their fields a person is told. */
import type { personObjects } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { RecordDescription } from '../../platform/lists/index.ts'
import { contacts } from '../contacts/index.ts'
import { leads } from '../leads/index.ts'
import type { BaseRow, RecordDefinition } from '../records/index.ts'

export type PersonObject = (typeof personObjects)[number]
type PersonRecords = Pick<RecordDefinition<BaseRow>, 'records' | 'subtitle'>

export const personRecords: Readonly<Record<PersonObject, PersonRecords>> = { lead: leads, contact: contacts }

/** Whoever may change records of persons of any kind; which of them, the record itself decides. */
export const updatersOfAny = [leads.records.permissions.update, contacts.records.permissions.update] as const

export const isPersonObject = (object: string): object is PersonObject => Object.hasOwn(personRecords, object)

/** All addresses or numbers of the record `r` as one array. */
export function valuesOf(records: RecordDescription, kind: 'email' | 'phone'): RawBuilder<string[]> {
  const fields = [...records.fields.values()]
  const columns = (type: string) =>
    fields.filter((field) => field.type === type).map((field) => sql.ref(`r.${field.column}`))
  const lists = columns(`${kind}s`).map((list) => sql` || ${list}`)
  return sql<
    string[]
  >`array_remove(ARRAY[${sql.join(columns(kind))}]::text[] ${sql.join([sql``, ...lists], sql``)}, NULL)`
}

/** Whether the record `r` has one of these: single fields by themselves, so that their indexes may serve. */
export function hasOneOf(
  records: RecordDescription,
  kind: 'email' | 'phone',
  values: readonly string[],
): RawBuilder<boolean> {
  const wanted = sql`${values}::text[]`
  const tests = [...records.fields.values()].flatMap(({ type, column }) => {
    if (type === kind) return [sql`${sql.ref(`r.${column}`)} = ANY(${wanted})`]
    return type === `${kind}s` ? [sql`${sql.ref(`r.${column}`)} && ${wanted}`] : []
  })
  return sql<boolean>`(${sql.join(tests, sql` OR `)})`
}
