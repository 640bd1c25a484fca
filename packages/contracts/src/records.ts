/** What every object of the CRM can do, with its own shapes. */
import { z } from 'zod'
import { Activity, NewActivity, Timeline, TimelineQuery } from './activities.ts'
import { Groups, GroupsQuery } from './groups.ts'
import { IncludeQuery, ListQuery, PageQuery } from './lists.ts'
import { DuplicateOf, DuplicatesOfRecord, EnteredRecord, Merged, mergeRequest } from './duplicates.ts'
import { bulkRequest, JobStarted } from './jobs.ts'
import { operation } from './operation.ts'
import { Id, IdParams, page, Version } from './shared.ts'
import { Totals, TotalsQuery } from './totals.ts'

type Parts<Record extends z.ZodType, New extends z.ZodType, Change extends z.ZodType> = {
  /** The last part of /crm/<path>. */
  path: string
  one: string
  many: string
  Record: Record
  New: New
  Change: Change
}

export function recordOperations<
  const Record extends z.ZodType,
  const New extends z.ZodType,
  const Change extends z.ZodType,
>(parts: Parts<Record, New, Change>) {
  const { path, one, Record } = parts
  return {
    ...unownedOperations(parts),
    assign: operation({
      method: 'PUT',
      path: `/crm/${path}/{id}/assign`,
      summary: `Give a ${one} to a member, or to nobody with null`,
      params: IdParams,
      body: z.strictObject({ owner_id: Id.nullable(), version: Version.optional() }),
      reply: Record,
    }),
  }
}

/** The same of records that belong to nobody in particular. */
export function unownedOperations<
  const Record extends z.ZodType,
  const New extends z.ZodType,
  const Change extends z.ZodType,
>({ path, one, many, Record, New, Change }: Parts<Record, New, Change>) {
  const all = `/crm/${path}`
  const single = `${all}/{id}`
  return {
    list: operation({
      method: 'GET',
      path: all,
      summary: `List ${many}`,
      query: ListQuery,
      reply: page(Record),
    }),
    create: operation({
      method: 'POST',
      path: all,
      summary: `Create a ${one}`,
      body: New,
      status: 201,
      reply: Record,
    }),
    totals: operation({
      method: 'GET',
      path: `${all}/totals`,
      summary: `What the numbers of all ${many} that a list finds come to`,
      query: TotalsQuery,
      reply: Totals,
    }),
    groups: operation({
      method: 'GET',
      path: `${all}/groups`,
      summary: `How many ${many} have each value of a field, and what they are worth`,
      query: GroupsQuery,
      reply: Groups,
    }),
    get: operation({
      method: 'GET',
      path: single,
      summary: `One ${one}`,
      params: IdParams,
      query: IncludeQuery,
      reply: Record,
    }),
    update: operation({
      method: 'PATCH',
      path: single,
      summary: `Change fields of a ${one}; the version may also come as If-Match`,
      params: IdParams,
      body: Change,
      reply: Record,
    }),
    remove: operation({
      method: 'DELETE',
      path: single,
      summary: `Move a ${one} to the trash`,
      params: IdParams,
      status: 204,
    }),
    restore: operation({
      method: 'POST',
      path: `${single}/restore`,
      summary: `Take a ${one} out of the trash`,
      params: IdParams,
      reply: Record,
    }),
    bulk: operation({
      method: 'POST',
      path: `${all}/bulk`,
      summary: `Change, assign, delete or restore many ${many} as a job`,
      body: bulkRequest(Change),
      status: 202,
      reply: JobStarted,
    }),
    duplicates: operation({
      method: 'GET',
      path: `${single}/duplicates`,
      summary: `Which other ${many} are probably the same`,
      params: IdParams,
      reply: DuplicatesOfRecord,
    }),
    likeness: operation({
      method: 'POST',
      path: `${all}/duplicates`,
      summary: `Which ${many} are probably the same as one that is being entered`,
      body: EnteredRecord,
      status: 200,
      reply: z.object({ items: z.array(DuplicateOf) }),
    }),
    merge: operation({
      method: 'POST',
      path: `${all}/merge`,
      summary: `Make one of several ${many}: the others go into the trash, and all that belongs to them to the winner`,
      body: mergeRequest(Change),
      status: 200,
      reply: Merged,
    }),
    timeline: operation({
      method: 'GET',
      path: `${single}/timeline`,
      summary: `Everything that happened to a ${one}, newest first`,
      params: IdParams,
      query: TimelineQuery,
      reply: Timeline,
    }),
    activities: operation({
      method: 'GET',
      path: `${single}/activities`,
      summary: `Activities of a ${one}, newest first`,
      params: IdParams,
      query: PageQuery,
      reply: page(Activity),
    }),
    logActivity: operation({
      method: 'POST',
      path: `${single}/activities`,
      summary: 'Log a note, call, e-mail, meeting or message',
      params: IdParams,
      body: NewActivity,
      status: 201,
      reply: Activity,
    }),
  }
}

type Given = z.ZodType<{ [field: string]: unknown }>
type Unowned = ReturnType<typeof unownedOperations<z.ZodType, Given, Given>>
type Owned = ReturnType<typeof recordOperations<z.ZodType, Given, Given>>

/** Records that organizations made objects for are named by the key of the object, too. */
type AnyObject = z.ZodType<{ object?: string | undefined }>
type AnyRecord = z.ZodType<{ id: string; object?: string | undefined }>
type Placed<Op> = Op extends { params: unknown }
  ? Omit<Op, 'params'> & { params: AnyRecord }
  : Op & { params?: AnyObject }

/** The operations of some object, whatever its shapes are. */
export type RecordOperations = { [Name in keyof Unowned]: Placed<Unowned[Name]> } & {
  assign?: Placed<Owned['assign']>
}
