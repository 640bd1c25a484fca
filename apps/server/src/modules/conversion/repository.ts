/** Which company, contact and deal a lead became. SQL only. */
import { undo_hours, type Conversion, type ConvertedObject } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { reachableClause, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { targets } from './targets.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export type ConversionRow = {
  lead_id: string
  company_id: string | null
  contact_id: string | null
  deal_id: string | null
  made: ConvertedObject[]
  linked: boolean
  status_before: string
  activity_id: string
  /** Whether it can still be taken back. */
  open: boolean
}

export async function findConversion(
  { tx, actor }: Context,
  lead_id: string,
): Promise<ConversionRow | undefined> {
  const { rows } = await sql<ConversionRow>`
    SELECT lead_id, company_id, contact_id, deal_id, made, linked, status_before, activity_id,
      converted_at > now() - make_interval(hours => ${undo_hours}) AS open
    FROM conversions WHERE organization_id = ${actor.organization_id}::uuid AND lead_id = ${lead_id}::uuid`.execute(
    tx,
  )
  return rows[0]
}

/** As it is told: the records as far as the caller may read them. */
export async function readConversion({ tx, actor }: Context, lead_id: string): Promise<Conversion | null> {
  const { rows } = await sql<Conversion>`
    SELECT c.lead_id, ${named(actor, targets.company.records, 'company_id')} AS company,
      ${named(actor, targets.contact.records, 'contact_id')} AS contact, ${named(actor, targets.deal.records, 'deal_id')} AS deal,
      c.made, c.converted_by, c.converted_at, c.converted_at + make_interval(hours => ${undo_hours}) AS undo_until,
      json_build_object('undo', c.converted_at > now() - make_interval(hours => ${undo_hours})) AS can
    FROM conversions c WHERE c.organization_id = ${actor.organization_id}::uuid AND c.lead_id = ${lead_id}::uuid`.execute(
    tx,
  )
  return rows[0] ?? null
}

const named = (actor: Actor, target: RecordDescription, column: string): RawBuilder<unknown> =>
  sql`(SELECT json_build_object('id', t.id, 'name', ${sql.ref(`t.${target.title}`)})
    ${reachableClause({ target }, actor)} AND t.id = ${sql.ref(`c.${column}`)})`

export async function insertConversion(
  { tx, actor }: Context,
  row: Omit<ConversionRow, 'open'>,
): Promise<void> {
  await tx
    .insertInto('conversions')
    .values({ organization_id: actor.organization_id, converted_by: actor.user_id, ...row })
    .execute()
}

export async function deleteConversion({ tx, actor }: Context, lead_id: string): Promise<void> {
  await tx
    .deleteFrom('conversions')
    .where('organization_id', '=', actor.organization_id)
    .where('lead_id', '=', lead_id)
    .execute()
}
