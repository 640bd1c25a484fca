/** Who a request is about: the records named, and the marks by which traces of the person are found elsewhere. */
import type { PersonRecord } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Person } from '../../platform/personal-data/index.ts'
import { normalizePhone, phoneDigits } from '../../platform/phone-numbers.ts'
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Marks = {
  full_name: string
  email: string | null
  phone: string | null
  mobile: string | null
  country: string | null
}

/** The last eight digits are the same with and without country code, trunk zero and separators. */
const telling = 8
const tooCommon = 7

/** Throws a 404 naming the first record that is not there. */
export async function personOf(
  { tx, actor }: Context,
  object: string,
  record_ids: string[],
): Promise<Person> {
  const rows = await tx
    .selectFrom('leads')
    .select(['id', 'full_name', 'email', 'phone', 'mobile', 'country'])
    .where('organization_id', '=', actor.organization_id)
    .where('id', 'in', record_ids)
    .where('erased_at', 'is', null)
    .execute()
  const missing = record_ids.find((id) => !rows.some((row) => row.id === id))
  if (missing !== undefined) throw notFound('lead', missing)
  return { object, record_ids, ...marksOf(rows) }
}

function marksOf(rows: Marks[]): Pick<Person, 'emails' | 'phones' | 'names'> {
  const unique = (values: (string | null)[]) => [
    ...new Set(
      values
        .filter((value) => value !== null && value.trim() !== '')
        .map((value) => value?.toLowerCase() ?? ''),
    ),
  ]
  const numbers = unique(rows.flatMap((row) => [row.phone, row.mobile])).map((phone) =>
    phone.replace(/\D/g, ''),
  )
  return {
    emails: unique(rows.map((row) => row.email)),
    phones: numbers.filter((digits) => digits.length >= tooCommon).map((digits) => digits.slice(-telling)),
    names: unique(rows.map((row) => row.full_name)),
  }
}

type Asked = { record?: { id: string } | undefined; email?: string | undefined; phone?: string | undefined }
const shown = 100

/** Records of the same e-mail address or telephone number, in the trash, too: the newest first. */
export async function findPersonRecords({ tx, actor }: Context, asked: Asked): Promise<PersonRecord[]> {
  const { organization_id } = actor
  const known = asked.record
    ? await tx
        .selectFrom('leads')
        .select(['id', 'email', 'phone', 'mobile'])
        .where('organization_id', '=', organization_id)
        .where('id', '=', asked.record.id)
        .where('erased_at', 'is', null)
        .executeTakeFirst()
    : undefined
  if (asked.record && !known) throw notFound('lead', asked.record.id)
  const emails = [known?.email, asked.email].filter((email) => email != null)
  const phones = [
    known?.phone,
    known?.mobile,
    asked.phone && normalizePhone(asked.phone, [actor.country]),
  ].filter((phone) => phone != null && phoneDigits(phone, [actor.country]).length > 0)
  const { rows } = await sql<Omit<PersonRecord, 'object'>>`
    SELECT id, full_name AS title, nullif(concat_ws(' · ', company_name, email, phone, mobile), '') AS subtitle, created_at, deleted_at
    FROM leads WHERE organization_id = ${organization_id}::uuid AND erased_at IS NULL
      AND (id = ${known?.id ?? null}::uuid OR email = ANY(${emails}::text[]) OR phone = ANY(${phones}::text[]) OR mobile = ANY(${phones}::text[]))
    ORDER BY created_at DESC, id DESC LIMIT ${shown}`.execute(tx)
  return rows.map((row) => ({ object: 'lead', ...row }))
}
