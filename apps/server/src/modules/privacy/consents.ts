/** What persons agreed to: rows are only added, the newest of a purpose and channel counts. */
import type { Consent, NewConsent } from '@rapport/contracts'
import { sql } from 'kysely'
import { newId } from '../../platform/ids.ts'
import { mayTouch } from '../../platform/actor.ts'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { forbidden, invalidField, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { personRecords } from './person-records.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Row = Omit<Consent, 'recorded_by'> & { recorded_by: string | null; recorded_by_name: string }

const columns = sql`c.id, c.object, c.record_id, c.purpose, c.channel, c.state, c.source, c.note, c.given_at,
  c.recorded_by, c.recorded_by_name, c.recorded_at`

export async function listConsents(ctx: Context, { object, record_id }: Reference): Promise<Consent[]> {
  await requireRecord(ctx, { object, record_id }, 'read')
  const { rows } = await sql<Row>`
    SELECT ${columns}, row_number() OVER (PARTITION BY c.purpose, c.channel ORDER BY c.given_at DESC, c.id DESC) = 1 AS current
    FROM consents c WHERE c.organization_id = ${ctx.actor.organization_id}::uuid AND c.object = ${object} AND c.record_id = ${record_id}::uuid
    ORDER BY c.given_at DESC, c.id DESC`.execute(ctx.tx)
  return rows.map(present)
}

export async function recordConsent(ctx: Ctx, given: NewConsent): Promise<Consent> {
  const owner_id = await requireRecord(ctx, given, 'update')
  if (given.given_at !== undefined && Date.parse(given.given_at) > Date.now())
    throw invalidField('given_at', 'in_the_future', 'lies in the future')
  const { actor, tx } = ctx
  const [row] = (
    await sql<Row>`
      INSERT INTO consents AS c (organization_id, id, object, record_id, purpose, channel, state, source, note, given_at, recorded_by, recorded_by_name)
      VALUES (${actor.organization_id}::uuid, ${newId()}::uuid, ${given.object}, ${given.record_id}::uuid, ${given.purpose}, ${given.channel},
        ${given.state}, ${given.source}, ${given.note ?? null}, coalesce(${given.given_at ?? null}::timestamptz, now()), ${actor.user_id}::uuid, ${actor.name})
      RETURNING ${columns}, NOT EXISTS (
        SELECT 1 FROM consents o WHERE o.organization_id = c.organization_id AND o.object = c.object AND o.record_id = c.record_id
          AND o.purpose = c.purpose AND o.channel = c.channel AND o.given_at > c.given_at) AS current`.execute(
      tx,
    )
  ).rows
  if (!row) throw new Error('The consent was not written.')
  const { purpose, channel, state } = given
  ctx.emit({
    type: 'consent.recorded',
    record: { object: given.object, id: given.record_id },
    owner_id,
    data: { consent_id: row.id },
    changes: { before: null, after: { purpose, channel, state, source: given.source } },
  })
  return present(row)
}

const notYours = { lead: 'lead_not_yours', contact: 'contact_not_yours' } as const

type Reference = Pick<NewConsent, 'object' | 'record_id'>

/** The owner of the record, of which the actor may do that. */
async function requireRecord(
  { tx, actor }: Context,
  { object, record_id }: Reference,
  action: 'read' | 'update',
) {
  const { table, permissions } = personRecords[object].records
  const { rows } = await sql<{ owner_id: string | null }>`
    SELECT owner_id FROM ${sql.table(table)}
    WHERE organization_id = ${actor.organization_id}::uuid AND id = ${record_id}::uuid AND erased_at IS NULL`.execute(
    tx,
  )
  const [record] = rows
  if (!record || !mayTouch(actor, permissions.read, record.owner_id)) throw notFound(object, record_id)
  if (!mayTouch(actor, permissions[action], record.owner_id))
    throw forbidden(notYours[object], `Your role lets you change only ${table} within your reach.`)
  return record.owner_id
}

const present = ({ recorded_by, recorded_by_name, ...row }: Row): Consent => ({
  ...row,
  recorded_by: { id: recorded_by, name: recorded_by_name },
})

export const consentPersonalData: PersonalData = {
  table: 'consents',
  async collect({ tx, actor }, { object, record_ids }) {
    return tx
      .selectFrom('consents')
      .select([
        'record_id',
        'purpose',
        'channel',
        'state',
        'source',
        'note',
        'given_at',
        'recorded_by_name as recorded_by',
      ])
      .where('organization_id', '=', actor.organization_id)
      .where('object', '=', object)
      .where('record_id', 'in', record_ids)
      .orderBy('given_at')
      .execute()
  },
  async erase({ tx, actor }, { object, record_ids }) {
    const { numDeletedRows } = await tx
      .deleteFrom('consents')
      .where('organization_id', '=', actor.organization_id)
      .where('object', '=', object)
      .where('record_id', 'in', record_ids)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
}
