/**
 * Pipelines hold records of objects that this module does not know. The module of an object tells here how
 * its records in some stages are counted, and moved when their stages go.
 */
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { tooManyToMove, unaskedFields, unusableTarget } from './problems.ts'
import { findStage, type PlacedStage } from './repository.ts'

export type StageRecords = {
  /** All that refer to the stages, also those in the trash. */
  count: (ctx: Ctx, stage_ids: string[]) => Promise<number>
  move: (ctx: Ctx, stage_ids: string[], to: PlacedStage) => Promise<void>
  /** Whether a stage can ask for that field of theirs. */
  mayBeAsked: (actor: Actor, field: string) => boolean
}

/** Each moved record is an event; more in one transaction would hold up the others of the organization. */
const moveAtMost = 20_000

const holders = new Map<string, StageRecords>()

export function holdStageRecords(object: string, records: StageRecords): void {
  holders.set(object, records)
}

function holderOf(object: string): StageRecords {
  const records = holders.get(object)
  if (!records) throw new Error(`No module keeps records of ${object}.`)
  return records
}

/** A stage asks only for fields that its records have and people can fill in. */
export function requireKnownFields(
  { actor }: Pick<Ctx, 'actor'>,
  object: string,
  stages: readonly { required_fields?: string[] | undefined }[],
  pathOf: (index: number) => string = () => '',
): void {
  const { mayBeAsked } = holderOf(object)
  const unknown = stages.flatMap(({ required_fields = [] }, stage) =>
    required_fields.flatMap((field, index) =>
      mayBeAsked(actor, field) ? [] : [`${pathOf(stage)}required_fields.${index}`],
    ),
  )
  if (unknown.length > 0) throw unaskedFields(unknown, object)
}

/** Empties the stages, into `move_to` when they hold records. */
export async function emptyStages(
  ctx: Ctx,
  object: string,
  stage_ids: string[],
  move_to: string | undefined,
  refusal: (count: number) => Error,
): Promise<void> {
  const records = holderOf(object)
  const target = move_to === undefined ? null : await findTarget(ctx, object, stage_ids, move_to)
  await lockStages(ctx, stage_ids)
  const count = await records.count(ctx, stage_ids)
  if (count === 0) return
  if (!target) throw refusal(count)
  if (count > moveAtMost) throw tooManyToMove(count, moveAtMost)
  await records.move(ctx, stage_ids, target)
}

/** A record that is just being put into one of them is waited for, and then counted. */
async function lockStages({ tx, actor }: Ctx, stage_ids: string[]): Promise<void> {
  await tx
    .selectFrom('stages')
    .select('id')
    .where('organization_id', '=', actor.organization_id)
    .where('id', 'in', stage_ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function findTarget(ctx: Ctx, object: string, stage_ids: string[], id: string): Promise<PlacedStage> {
  const stage = await findStage(ctx.tx, ctx.actor.organization_id, id)
  if (!stage || stage.object !== object || stage_ids.includes(id)) throw unusableTarget()
  return stage
}
