/** Moving leads between stages: by a person, card by card, and all at once when a stage goes. */
import type { StageMove } from '@rapport/contracts'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import { findStage, type PlacedStage } from '../pipelines/index.ts'
import {
  auditRecord,
  emitRecord,
  refuseStale,
  refuseTrashed,
  requireEditableFields,
  requireTouchable,
  updateRow,
  type Changes,
} from '../records/index.ts'
import { leads, type LeadRow } from './definition.ts'
import { findPlace } from './place.ts'
import { unknownStage } from './problems.ts'
import { rankBetween } from './rank.ts'
import { lockStagedLead, type StagedLead } from './staged.ts'

type Move = z.output<typeof StageMove>

/** Two round trips: lock and look around, then write. */
export async function moveLead(ctx: Ctx, id: string, move: Move): Promise<LeadRow> {
  const [found, stage, place] = await Promise.all([
    lockStagedLead(ctx, id),
    findStage(ctx.tx, ctx.actor.organization_id, move.stage_id),
    findPlace(ctx, id, move).catch((error: unknown) => asError(error)),
  ])
  const lead = requireTouchable(ctx.actor, leads, 'leads:update', found, id)
  refuseTrashed('lead', lead)
  if (stage?.object !== 'lead') throw unknownStage()
  if (place instanceof Error) throw place
  if (stage.id !== lead.stage_id) requireEditableFields(ctx.actor, leads, { stage_id: stage.id }, 'changing')
  await refuseStale(ctx, leads, lead, move.version, { stage_id: move.stage_id })
  if (stage.id === lead.stage_id && !isPlaced(move)) return lead
  const rank = rankBetween(place.above, place.below)
  return stage.id === lead.stage_id ? reorder(ctx, lead, rank, move) : enter(ctx, lead, stage, rank, move)
}

/** A wrong neighbour is told only after what weighs more: a missing lead, the trash, an unknown stage. */
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const isPlaced = (move: Move) =>
  move.position !== undefined || move.before_id !== undefined || move.after_id !== undefined

/** Where the card was put down, so that other boards can show it there at once. */
const neighbours = ({ before_id, after_id }: Move) => ({ before_id, after_id })

/** The order of a column is no fact of the lead's history: boards are told, its timeline is not. */
async function reorder(ctx: Ctx, lead: StagedLead, rank: string, move: Move): Promise<LeadRow> {
  const moved = await updateRow(ctx, leads, lead.id, { rank })
  emitRecord(ctx, leads, 'stage_changed', moved, {}, neighbours(move))
  return moved
}

async function enter(
  ctx: Ctx,
  lead: StagedLead,
  stage: PlacedStage,
  rank: string,
  move: Move,
): Promise<LeadRow> {
  const status = statusAfter(lead, lead.stage_type, stage.type)
  const changes = stageChanges(lead, stage, status)
  const data = activityData(lead, lead.stage_name, stage, changes)
  const [moved] = await Promise.all([
    updateRow(ctx, leads, lead.id, {
      stage_id: stage.id,
      pipeline_id: stage.pipeline_id,
      stage_entered_at: 'now',
      status,
      rank,
    }),
    writeActivities(ctx, [{ object: 'lead', record_id: lead.id, type: 'stage_changed', data }]),
  ])
  emitRecord(ctx, leads, 'stage_changed', moved, changes, neighbours(move))
  return moved
}

/** A closing stage says how it ended; coming back from one, work goes on. */
export function statusAfter({ status }: { status: string }, from: string, to: string): string {
  if (status === 'converted') return status
  if (to === 'lost') return 'lost'
  if (to === 'won') return 'qualified'
  return from !== 'open' && (status === 'lost' || status === 'qualified') ? 'working' : status
}

type Before = Pick<LeadRow, 'stage_id' | 'pipeline_id' | 'status' | 'stage_entered_at' | 'version'>

function stageChanges(lead: Before, stage: PlacedStage, status: string): Changes {
  return {
    stage_id: [lead.stage_id, stage.id],
    ...(lead.pipeline_id === stage.pipeline_id ? {} : { pipeline_id: [lead.pipeline_id, stage.pipeline_id] }),
    ...(lead.status === status ? {} : { status: [lead.status, status] }),
  }
}

function activityData(lead: Before, from: string, stage: PlacedStage, changes: Changes) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(lead.stage_entered_at)) / 1000))
  return {
    changes,
    version: lead.version + 1,
    from: { id: lead.stage_id, name: from },
    to: { id: stage.id, name: stage.name },
    seconds_in_stage: seconds,
  }
}

export async function countInStages({ tx, actor }: Ctx, stage_ids: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) FROM leads WHERE organization_id = ${actor.organization_id}::uuid AND stage_id = ANY(${stage_ids}::uuid[])`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

type MovedRow = LeadRow & { before: Before & { stage_name: string; stage_type: string } }

/** All leads of the stages, in the order they have; those in the trash move along quietly. */
export async function moveAllLeads(ctx: Ctx, stage_ids: string[], stage: PlacedStage): Promise<void> {
  const { rows } = await sql<MovedRow>`
    WITH locked AS MATERIALIZED (
      SELECT * FROM leads
      WHERE organization_id = ${ctx.actor.organization_id}::uuid AND stage_id = ANY(${stage_ids}::uuid[]) FOR UPDATE
    ), o AS MATERIALIZED (
      SELECT r.id, json_build_object('stage_id', r.stage_id, 'pipeline_id', r.pipeline_id, 'status', r.status, 'version', r.version,
        'stage_entered_at', r.stage_entered_at, 'stage_name', st.name, 'stage_type', st.type) AS before
      FROM locked r JOIN stages st ON st.organization_id = r.organization_id AND st.id = r.stage_id
    )
    UPDATE leads r SET stage_id = ${stage.id}::uuid, pipeline_id = ${stage.pipeline_id}::uuid, stage_entered_at = now(),
      version = r.version + 1, updated_at = now(), status = CASE
        WHEN r.status = 'converted' THEN r.status
        WHEN ${stage.type} = 'lost' THEN 'lost'
        WHEN ${stage.type} = 'won' THEN 'qualified'
        WHEN o.before->>'stage_type' <> 'open' AND r.status IN ('lost', 'qualified') THEN 'working'
        ELSE r.status END
    FROM o WHERE r.organization_id = ${ctx.actor.organization_id}::uuid AND r.id = o.id
    RETURNING r.*, o.before`.execute(ctx.tx)
  const moved = rows.map(({ before, ...lead }) => {
    const changes = stageChanges(before, stage, lead.status)
    return { lead, changes, data: activityData(before, before.stage_name, stage, changes) }
  })
  await writeActivities(
    ctx,
    moved.map(({ lead, data }) => ({ object: 'lead', record_id: lead.id, type: 'stage_changed', data })),
  )
  // Totals and boards count live leads only; the audit log misses none.
  for (const { lead, changes } of moved)
    if (lead.deleted_at === null) emitRecord(ctx, leads, 'stage_changed', lead, changes)
    else auditRecord(ctx, leads, 'stage_changed', lead, changes)
}
