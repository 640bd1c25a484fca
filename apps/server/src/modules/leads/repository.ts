import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { LeadRow } from './lead-row.ts'
import { asProblem } from './problems.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const insertable = [
  'id',
  'full_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'website',
  'industry',
  'country',
  'state',
  'city',
  'time_zone',
  'source',
  'external_id',
  'status',
  'pipeline_id',
  'stage_id',
  'rank',
  'score',
  'probability',
  'estimated_value',
  'currency',
  'owner_id',
  'custom',
  'import_id',
  'created_by',
] as const

export type LeadInsert = Pick<LeadRow, (typeof insertable)[number]>
const columns = sql.join(insertable.map((name) => sql.ref(name)))

/** One statement for any number of leads. */
export async function insertLeads({ tx, actor }: Context, leads: LeadInsert[]): Promise<LeadRow[]> {
  try {
    const { rows } = await sql<LeadRow>`
      INSERT INTO leads (organization_id, ${columns})
      SELECT ${actor.organization_id}::uuid, ${columns} FROM jsonb_populate_recordset(NULL::leads, ${JSON.stringify(leads)}::jsonb)
      RETURNING *`.execute(tx)
    return rows
  } catch (error) {
    throw asProblem(error) ?? error
  }
}

/** The lead with its row locked until the end of the transaction, wherever it is. */
export async function lockLead({ tx, actor }: Context, id: string): Promise<LeadRow | undefined> {
  const { rows } = await sql<LeadRow>`
    SELECT * FROM leads WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(
    tx,
  )
  return rows[0]
}

export type StagedLead = LeadRow & { stage_name: string; stage_type: string }

/**
 * The locked lead together with the stage it is in. It is locked before it is joined: a join in the locking statement
 * would drop a lead that changed its stage while the lock was waited for, as if it were not there.
 */
export async function lockStagedLead({ tx, actor }: Context, id: string): Promise<StagedLead | undefined> {
  const { rows } = await sql<StagedLead>`
    WITH r AS MATERIALIZED (
      SELECT * FROM leads WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE
    )
    SELECT r.*, st.name AS stage_name, st.type AS stage_type
    FROM r JOIN stages st ON st.organization_id = r.organization_id AND st.id = r.stage_id`.execute(tx)
  return rows[0]
}

export type LeadUpdate = Partial<
  Omit<
    LeadRow,
    'organization_id' | 'id' | 'version' | 'created_at' | 'updated_at' | 'deleted_at' | 'stage_entered_at'
  >
> & { deleted_at?: 'now' | null; stage_entered_at?: 'now' }

/** Writes the columns, counts the version up and answers the new row. */
export async function updateLeadRow(
  { tx, actor }: Context,
  id: string,
  update: LeadUpdate,
): Promise<LeadRow> {
  const assignments = Object.entries(update).map(([column, value]) => {
    if (value === 'now' && (column === 'deleted_at' || column === 'stage_entered_at'))
      return sql`${sql.ref(column)} = now()`
    return sql`${sql.ref(column)} = ${column === 'custom' ? sql`${JSON.stringify(value)}::jsonb` : value}`
  })
  try {
    const { rows } = await sql<LeadRow>`
      UPDATE leads SET ${sql.join(assignments)}, version = version + 1, updated_at = now()
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ${id}::uuid RETURNING *`.execute(tx)
    const [row] = rows
    if (!row) throw new Error(`The locked lead ${id} is gone.`)
    return row
  } catch (error) {
    throw asProblem(error) ?? error
  }
}

/** Fields that changed after that version, as the activities tell. */
export async function changedSince({ tx, actor }: Context, id: string, version: number): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    SELECT DISTINCT jsonb_object_keys(a.data->'changes') AS field FROM activities a
    WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = 'lead' AND a.record_id = ${id}::uuid
      AND a.type IN ('updated', 'stage_changed') AND (a.data->>'version')::int > ${version}`.execute(tx)
  return rows.map((row) => row.field)
}
