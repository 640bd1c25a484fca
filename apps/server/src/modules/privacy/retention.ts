/** Rules of how long what is kept, and the nightly run that keeps them, a batch in a transaction. */
import { retentionKinds, type RetentionKind, type RetentionRule } from '@rapport/contracts'
import { sql } from 'kysely'
import { systemActor } from '../../platform/actor.ts'
import { recordsOf } from '../../platform/lists/index.ts'
import { oneByOne } from '../../platform/one-by-one.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { dropTrashedAttachments } from '../attachments/index.ts'
import { dropTrashedNotes } from '../notes/index.ts'
import { erasePerson } from './erase-person.ts'
import { personOf } from './person.ts'
import { isPersonObject, type PersonObject } from './person-records.ts'
import { purgeRecords } from './purge.ts'
import type { Parts } from './work.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
const batchSize = 200

/** Every kind, those without a rule, too. */
export async function listRules({ tx, actor }: Context): Promise<RetentionRule[]> {
  const rows = await tx
    .selectFrom('retention_rules')
    .select(['kind', 'days', 'updated_at', 'last_run_at', 'last_count'])
    .where('organization_id', '=', actor.organization_id)
    .execute()
  return retentionKinds.map(
    (kind) =>
      (rows.find((row) => row.kind === kind) as RetentionRule | undefined) ?? {
        kind,
        days: null,
        updated_at: null,
        last_run_at: null,
        last_count: 0,
      },
  )
}

type Given = { kind: RetentionKind; days: number | null }[]

export async function setRules(ctx: Ctx, given: Given): Promise<RetentionRule[]> {
  const { tx, actor, emit } = ctx
  const { organization_id } = actor
  const before = await listRules(ctx)
  for (const { kind, days } of given) {
    if (days === null)
      await tx
        .deleteFrom('retention_rules')
        .where('organization_id', '=', organization_id)
        .where('kind', '=', kind)
        .execute()
    else
      await tx
        .insertInto('retention_rules')
        .values({ organization_id, kind, days })
        .onConflict((row) =>
          row.columns(['organization_id', 'kind']).doUpdateSet({ days, updated_at: sql`now()` }),
        )
        .execute()
  }
  await sql`
    UPDATE organizations SET retention_due_at = CASE WHEN EXISTS (
      SELECT 1 FROM retention_rules WHERE organization_id = ${organization_id}::uuid) THEN now() END
    WHERE id = ${organization_id}::uuid`.execute(tx)
  const after = await listRules(ctx)
  const daysOf = (rules: RetentionRule[]) => Object.fromEntries(rules.map(({ kind, days }) => [kind, days]))
  emit({
    type: 'retention.changed',
    record: { object: 'organization', id: organization_id },
    changes: { before: daysOf(before), after: daysOf(after) },
  })
  return after
}

type Keeper = Pick<Parts, 'sources' | 'storage'> & { tenancy: Pick<Tenancy, 'inTenant' | 'inSystem'> }

/**
 * All organizations that are due; those without rules are never looked at. The locks let others refer to a row
 * meanwhile: whoever is at work in an organization would otherwise have it passed over.
 */
export const keepRetention = (parts: Keeper): Promise<void> =>
  oneByOne(organizationsDue(parts), ({ organization_id }) => keepRules(parts, organization_id))

async function* organizationsDue({ tenancy }: Keeper) {
  for (;;) {
    const due = await tenancy.inSystem((tx) =>
      sql<{ organization_id: string }>`
        UPDATE organizations SET retention_due_at = now() + interval '20 hours' WHERE id IN (
          SELECT id FROM organizations WHERE retention_due_at <= now() ORDER BY retention_due_at LIMIT 50 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id AS organization_id`.execute(tx),
    )
    if (due.rows.length === 0) return
    yield* due.rows
  }
}

export async function keepRules(parts: Keeper, organization_id: string): Promise<void> {
  const actor = systemActor(organization_id)
  const rules = await parts.tenancy.inTenant(actor, listRules)
  for (const { kind, days } of rules) {
    if (days === null) continue
    let total = 0
    for (;;) {
      const count = await parts.tenancy.inTenant(actor, (ctx) => keepers[kind](ctx, parts, days))
      total += count
      if (count < batchSize) break
    }
    await parts.tenancy.inTenant(actor, ({ tx }) =>
      tx
        .updateTable('retention_rules')
        .set({ last_run_at: sql`now()`, last_count: total })
        .where('organization_id', '=', organization_id)
        .where('kind', '=', kind)
        .execute(),
    )
  }
}

type Keep = (ctx: Ctx, parts: Keeper, days: number) => Promise<number>

const keepers: Record<RetentionKind, Keep> = {
  trashed_leads: emptyTrash('lead'),
  trashed_contacts: emptyTrash('contact'),
  trashed_companies: emptyTrash('company'),
  trashed_deals: emptyTrash('deal'),
  trashed_products: emptyTrash('product'),
  trashed_tasks: emptyTrash('task'),
  async trashed_records(ctx, _parts, days) {
    const ids = await findRecords(
      ctx,
      'custom_records',
      sql`deleted_at < now() - make_interval(days => ${days})`,
    )
    const records = await ctx.tx
      .selectFrom('custom_records')
      .select(['id', 'object'])
      .where('organization_id', '=', ctx.actor.organization_id)
      .where((record) => record('id', '=', record.fn.any(record.val(ids))))
      .execute()
    for (const [object, some] of Map.groupBy(records, (record) => record.object))
      await purgeRecords(
        ctx,
        object,
        some.map(({ id }) => id),
      )
    return ids.length
  },
  trashed_attachments: (ctx, _parts, days) => dropTrashedAttachments(ctx, days, batchSize),
  trashed_notes: (ctx, _parts, days) => dropTrashedNotes(ctx, days, batchSize),
  async lost_leads(ctx, parts, days) {
    const ids = await findRecords(
      ctx,
      'leads',
      sql`status = 'lost' AND deleted_at IS NULL AND erased_at IS NULL AND updated_at < now() - make_interval(days => ${days})`,
    )
    if (ids.length > 0) await erasePersons(ctx, parts, 'lead', ids)
    return ids.length
  },
  async import_errors({ tx, actor }, _parts, days) {
    const { numAffectedRows } = await sql`
      DELETE FROM import_errors WHERE organization_id = ${actor.organization_id}::uuid AND (import_id, row) IN (
        SELECT e.import_id, e.row FROM import_errors e JOIN imports i ON i.organization_id = e.organization_id AND i.id = e.import_id
        WHERE e.organization_id = ${actor.organization_id}::uuid AND i.finished_at < now() - make_interval(days => ${days})
        LIMIT ${batchSize})`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
  async activities({ tx, actor }, _parts, days) {
    const { numAffectedRows } = await sql`
      DELETE FROM activities WHERE organization_id = ${actor.organization_id}::uuid AND id IN (
        SELECT id FROM activities WHERE organization_id = ${actor.organization_id}::uuid
          AND occurred_at < now() - make_interval(days => ${days}) LIMIT ${batchSize})`.execute(tx)
    return Number(numAffectedRows ?? 0)
  },
}

/** Deletes for good what has been in the trash for so long. */
function emptyTrash(object: string): Keep {
  return async (ctx, parts, days) => {
    const { table } = recordsOf(object)
    const ids = await findRecords(ctx, table, sql`deleted_at < now() - make_interval(days => ${days})`)
    if (ids.length === 0) return 0
    if (isPersonObject(object)) await erasePersons(ctx, parts, object, ids)
    await purgeRecords(ctx, object, ids)
    return ids.length
  }
}

async function findRecords(
  { tx, actor }: Context,
  table: string,
  which: ReturnType<typeof sql>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM ${sql.table(table)} WHERE organization_id = ${actor.organization_id}::uuid AND ${which}
    LIMIT ${batchSize} FOR NO KEY UPDATE SKIP LOCKED`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Each record is a person of its own here: nobody asked for others of the same name. */
async function erasePersons(ctx: Ctx, parts: Keeper, object: PersonObject, ids: string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM ${sql.table(recordsOf(object).table)}
    WHERE organization_id = ${ctx.actor.organization_id}::uuid AND id = ANY(${ids}::uuid[]) AND erased_at IS NULL`.execute(
    ctx.tx,
  )
  if (rows.length === 0) return
  const person = await personOf(
    ctx,
    object,
    rows.map(({ id }) => id),
  )
  await erasePerson(ctx, parts, person)
}
