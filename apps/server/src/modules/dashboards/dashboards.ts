/** How members arrange their figures. It is nobody else's business, so neither events nor the log tell of it. */
import { defaultWidgets, type Dashboard, type PlacedWidget } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { conflict } from '../../platform/problems.ts'
import { dropOwnRows } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Row = { widgets: PlacedWidget[]; version: number }

export const selectDashboard = ({ organization_id, user_id }: Actor): RawBuilder<Row> => sql<Row>`
  SELECT d.widgets, d.version FROM dashboards d
  WHERE d.organization_id = ${organization_id}::uuid AND d.user_id = ${user_id}::uuid`

export const presentDashboard = ({ role }: Actor, row: Row | undefined): Dashboard =>
  row ? { ...row, is_default: false } : { widgets: defaultWidgets(role), is_default: true, version: null }

export async function arrangeDashboard(
  { tx, actor }: Ctx,
  { widgets, version }: { widgets: PlacedWidget[] | null; version?: number | null | undefined },
): Promise<Dashboard> {
  const { organization_id, user_id } = actor
  if (widgets === null) {
    await sql`DELETE FROM dashboards WHERE organization_id = ${organization_id}::uuid AND user_id = ${user_id}::uuid`.execute(
      tx,
    )
    return presentDashboard(actor, undefined)
  }
  const { rows } = await sql<Row>`
    INSERT INTO dashboards AS d (organization_id, user_id, widgets)
    VALUES (${organization_id}::uuid, ${user_id}::uuid, ${JSON.stringify(widgets)}::jsonb)
    ON CONFLICT (organization_id, user_id) DO UPDATE SET widgets = excluded.widgets, version = d.version + 1, updated_at = now()
      WHERE ${version ?? null}::int IS NULL OR d.version = ${version ?? null}::int
    RETURNING d.widgets, d.version`.execute(tx)
  if (rows[0]) return presentDashboard(actor, rows[0])
  const { rows: current } = await selectDashboard(actor).execute(tx)
  throw conflict('version_conflict', 'You have arranged your dashboard elsewhere since you read it.', {
    current: presentDashboard(actor, current[0]),
    conflicts: ['widgets'],
  })
}

/** Of somebody who deleted their account. */
export const forgetDashboard = (ctx: Pick<Ctx, 'tx' | 'actor'>, user_id: string) =>
  dropOwnRows(ctx, ['dashboards'], user_id)
