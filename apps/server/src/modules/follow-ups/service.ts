/** Planning follow-ups, and closing them. Each step is on the timeline of the record. */
import {
  lastFollowUp,
  type FollowUp,
  type FollowUpChange,
  type NewFollowUp,
  type ProposedFollowUp,
} from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { mayTouch, type Actor } from '../../platform/actor.ts'
import type { Alarms } from '../../platform/alarms.ts'
import { conflict, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { requireOwner, type BaseRow } from '../records/index.ts'
import { tellFollowUp } from './facts.ts'
import { followedKinds, type Followed } from './followed.ts'
import { proposeNext } from './propose.ts'
import { reminder } from './reminders.ts'
import {
  findFollowUp,
  followUpsOf,
  insertFollowUp,
  readCadence,
  updateFollowUp,
  type FollowUpRow,
  type FollowUpUpdate,
} from './repository.ts'

/** As it is told to a caller who may see its record. */
export function presentFollowUp(
  actor: Actor,
  { object, record_id, ...row }: FollowUpRow,
  owner_of_record: string | null,
): FollowUp {
  const { update } = followedKinds[object].records.permissions
  return {
    ...row,
    record: { object, id: record_id },
    can: { update: mayTouch(actor, update, owner_of_record) },
  }
}

export async function planFollowUp(
  ctx: Ctx,
  alarms: Alarms,
  followed: Followed,
  id: string,
  given: NewFollowUp,
): Promise<FollowUp> {
  const record = await followed.lock(ctx, id)
  const known = await followUpsOf(ctx, followed.object, record.id)
  const last = Math.max(0, ...known.map((one) => one.number))
  const number = given.number ?? Math.min(last + 1, lastFollowUp)
  refuseSecond(known, number)
  const owner_id = given.owner_id === undefined ? (record.owner_id ?? ctx.actor.user_id) : given.owner_id
  await requireOwner(ctx, given.owner_id)
  const step = (await readCadence(ctx)).steps[number - 1]
  const row = await insertFollowUp(ctx, {
    id: newId(),
    object: followed.object,
    record_id: record.id,
    number,
    due_at: given.due_at,
    channel: given.channel ?? step?.channel ?? 'call',
    note: given.note ?? null,
    owner_id,
  })
  await alarms.set(ctx, reminder, row.due_at)
  await tellFollowUp(ctx, followed, record, 'planned', null, row)
  return presentFollowUp(ctx.actor, row, record.owner_id)
}

type Changed = { follow_up: FollowUp; next_proposed: ProposedFollowUp | null }

export async function changeFollowUp(
  ctx: Ctx,
  alarms: Alarms,
  id: string,
  { version, ...wanted }: FollowUpChange,
): Promise<Changed> {
  const found = await findFollowUp(ctx, id)
  if (!found) throw notFound('follow_up', id)
  const followed = followedKinds[found.object]
  const record = await lockFound(ctx, followed, found)
  // Follow-ups are written with their record locked: from here it stays as it is.
  const known = await followUpsOf(ctx, found.object, found.record_id)
  const before = known.find((one) => one.id === found.id) ?? found
  const after = settle(before, wanted)
  refuseStale(ctx.actor, { before, after }, version, record)
  if (isSame(before, after)) return answer(ctx, record, before, known)
  if (after.status === 'open')
    refuseSecond(
      known.filter((one) => one !== before),
      before.number,
    )
  if (after.owner_id !== before.owner_id) await requireOwner(ctx, after.owner_id)
  const row = await updateFollowUp(ctx, before.id, after)
  if (row.status === 'open') await alarms.set(ctx, reminder, row.due_at)
  await tellFollowUp(ctx, followed, record, whatHappened(before, row), before, row)
  return answer(
    ctx,
    record,
    row,
    known.map((one) => (one === before ? row : one)),
  )
}

/** Whoever does not see the record does not see that it is followed up. */
async function lockFound(ctx: Ctx, followed: Followed, { id, record_id }: FollowUpRow): Promise<BaseRow> {
  try {
    return await followed.lock(ctx, record_id)
  } catch (error) {
    if (isNotFound(error)) throw notFound('follow_up', id)
    throw error
  }
}
const isNotFound = (error: unknown) => error instanceof Error && 'status' in error && error.status === 404

async function answer(
  ctx: Ctx,
  record: BaseRow,
  row: FollowUpRow,
  known: readonly FollowUpRow[],
): Promise<Changed> {
  const follow_up = presentFollowUp(ctx.actor, row, record.owner_id)
  if (row.status === 'open') return { follow_up, next_proposed: null }
  const { time_zone } = ctx.actor
  const next_proposed = proposeNext(known, await readCadence(ctx), { now: new Date(), time_zone })
  return { follow_up, next_proposed }
}

const changeable = ['due_at', 'channel', 'note', 'status', 'outcome', 'owner_id'] as const

function settle(before: FollowUpRow, wanted: Omit<FollowUpChange, 'version'>): FollowUpUpdate {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  return { ...before, ...given }
}

const isSame = (before: FollowUpRow, after: FollowUpUpdate) =>
  changeable.every((name) => before[name] === after[name])

function refuseStale(
  actor: Actor,
  { before, after }: { before: FollowUpRow; after: FollowUpUpdate },
  version: number | undefined,
  record: BaseRow,
): void {
  if (version === undefined || version === before.version) return
  throw conflict('version_conflict', 'The follow-up was changed since the version that you read.', {
    current: presentFollowUp(actor, before, record.owner_id),
    conflicts: changeable.filter((name) => before[name] !== after[name]),
  })
}

function refuseSecond(known: readonly FollowUpRow[], number: number): void {
  if (known.some((one) => one.status === 'open' && one.number === number))
    throw conflict('follow_up_open', `Follow-up ${number} of this record is planned already.`)
}

function whatHappened(before: FollowUpRow, after: FollowUpRow) {
  if (before.status !== after.status) return after.status === 'open' ? 'reopened' : after.status
  return before.due_at === after.due_at ? 'changed' : 'moved'
}
