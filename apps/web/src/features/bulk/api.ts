import type { Job, JobReport, RapportEvent } from '@rapport/contracts'
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { BulkBody } from '../records/recordStore.ts'
import { followJob } from './followed.ts'

/** Where events do not come through, what moves is asked for. */
const pollMs = 2_500

export const isMoving = ({ state }: Pick<Job, 'state'>) => state === 'queued' || state === 'running'

const keyOf = (id: string) => ['jobs', 'record', id] as const

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => rapport.jobs.get({ params: { id }, signal }),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? pollMs : false),
  })

/** Which records are meant: some by id, or all that a filter finds. */
export type Chosen = { ids: string[] } | { filter: Record<string, unknown>; q?: string }
type WithoutSelection<Body> = Body extends unknown ? Omit<Body, 'ids' | 'filter' | 'q'> : never
/** What is to be done to them; values by field, as the object's own changes take them. */
export type BulkWork =
  | Exclude<WithoutSelection<BulkBody>, { action: 'update' }>
  | { action: 'update'; values: Record<string, unknown> }

/** Asks for the change and follows it. */
export async function startBulk({ store }: RecordKind, chosen: Chosen, work: BulkWork): Promise<void> {
  const body = { ...chosen, ...work } as BulkBody
  const { job_id } = await store.startBulk(body)
  followJob(job_id)
}

export async function undoJob(id: string): Promise<void> {
  const { job_id } = await rapport.jobs.undo({ params: { id } })
  followJob(job_id)
}

export const cancelJob = (id: string) => rapport.jobs.cancel({ params: { id } })

type Progress = Pick<Job, 'state' | 'done' | 'total' | 'changed' | 'failed'>

/** An event carries the numbers; the end, which says more, is read from the server. */
export function applyJobEvent(event: RapportEvent): void {
  const { id } = event.record
  const progress = event.data as Progress
  if (isMoving(progress)) followJob(id)
  queryClient.setQueryData<JobReport>(keyOf(id), (known) =>
    known && isMoving(known) && progress.done >= known.done ? { ...known, ...progress } : known,
  )
  if (!isMoving(progress)) void queryClient.invalidateQueries({ queryKey: keyOf(id) })
}
