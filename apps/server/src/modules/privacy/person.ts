/** Who a request is about: the records named, and the marks by which traces of the person are found elsewhere. */
import type { PersonRecord } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Person } from '../../platform/personal-data/index.ts'
import { splitExtension } from '../../platform/phone-extension.ts'
import { normalizePhone, phoneDigits } from '../../platform/phone-numbers.ts'
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { hasOneOf, isPersonObject, personRecords, valuesOf, type PersonObject } from './person-records.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Marks = { id: string; name: string; emails: string[]; phones: string[] }

/** The last eight digits are the same with and without country code, trunk zero and separators. */
const telling = 8
const tooCommon = 7

/** Throws a 404 naming the first record that is not there. */
export async function personOf(ctx: Context, object: string, record_ids: string[]): Promise<Person> {
  if (!isPersonObject(object)) throw new Error(`Records of the kind ${object} are about nobody.`)
  const rows = await readMarks(ctx, object, record_ids)
  const missing = record_ids.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined) throw notFound('lead', missing)
  return { object, record_ids, ...marksOf(rows) }
}

async function readMarks(
  { tx, actor }: Context,
  object: PersonObject,
  record_ids: readonly string[],
): Promise<Marks[]> {
  const { records } = personRecords[object]
  const { rows } = await sql<Marks>`
    SELECT r.id, ${sql.ref(`r.${records.title}`)} AS name, ${valuesOf(records, 'email')} AS emails, ${valuesOf(records, 'phone')} AS phones
    FROM ${sql.table(records.table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ANY(${record_ids}::uuid[]) AND r.erased_at IS NULL`.execute(
    tx,
  )
  return rows
}

function marksOf(rows: Marks[]): Pick<Person, 'emails' | 'phones' | 'names'> {
  const unique = (values: string[]) => [
    ...new Set(values.filter((value) => value.trim() !== '').map((value) => value.toLowerCase())),
  ]
  const numbers = unique(rows.flatMap((row) => row.phones)).map((phone) =>
    splitExtension(phone).number.replace(/\D/g, ''),
  )
  return {
    emails: unique(rows.flatMap((row) => row.emails)),
    phones: numbers.filter((digits) => digits.length >= tooCommon).map((digits) => digits.slice(-telling)),
    names: unique(rows.map((row) => row.name)),
  }
}

type Asked = {
  record?: { object: PersonObject; id: string } | undefined
  email?: string | undefined
  phone?: string | undefined
}
const shown = 100

/** Records of the same e-mail address or telephone number, of every kind, in the trash, too: the newest first. */
export async function findPersonRecords(ctx: Context, asked: Asked): Promise<PersonRecord[]> {
  const { tx, actor } = ctx
  const { record } = asked
  const [known] = record ? await readMarks(ctx, record.object, [record.id]) : []
  if (record && !known) throw notFound(record.object, record.id)
  const emails = [...(known?.emails ?? []), ...(asked.email === undefined ? [] : [asked.email])]
  const given = asked.phone === undefined ? [] : [normalizePhone(asked.phone, [actor.country])]
  const phones = [...(known?.phones ?? []), ...given].filter(
    (phone) => phoneDigits(phone, [actor.country]).length > 0,
  )
  const found = Object.keys(personRecords)
    .filter(isPersonObject)
    .map((object) => foundClause(ctx, object, { id: known?.id ?? null, emails, phones }))
  const { rows } = await sql<PersonRecord>`
    ${sql.join(found, sql` UNION ALL `)} ORDER BY created_at DESC, id DESC LIMIT ${shown}`.execute(tx)
  return rows
}

type Wanted = { id: string | null; emails: string[]; phones: string[] }

function foundClause({ actor }: Context, object: PersonObject, wanted: Wanted): RawBuilder<unknown> {
  const { records, subtitle } = personRecords[object]
  return sql`SELECT ${object}::text AS object, r.id, ${sql.ref(`r.${records.title}`)} AS title, ${subtitle(records)} AS subtitle,
      r.created_at, r.deleted_at
    FROM ${sql.table(records.table)} r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.erased_at IS NULL
      AND (r.id = ${wanted.id}::uuid OR ${hasOneOf(records, 'email', wanted.emails)} OR ${hasOneOf(records, 'phone', wanted.phones)})`
}
