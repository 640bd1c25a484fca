/** How a job is shown: in answers and in the event that moves progress bars. */
import type { Job } from '@rapport/contracts'
import type { NewEvent } from '../../platform/events/outbox.ts'
import type { JobRow } from './repository.ts'

export function presentJob(row: JobRow): Job {
  const { organization_id: _, change: __, api_key: ___, created_by: ____, ...shown } = row
  return shown as Job
}

/** @param before the state that it leaves; without one it only got further, which is nothing to keep a log of. */
export function progressOf(row: JobRow, before?: string | null): NewEvent {
  const { id, created_by, kind, object, action, state, done, total, changed, failed } = row
  const counts = { done, total, changed, failed }
  return {
    type: 'job.progressed',
    record: { object: 'job', id },
    ...(before === undefined
      ? { unaudited: true }
      : {
          changes: {
            before: before === null ? null : { state: before },
            after: { state, object, bulk_action: kind === 'undo' ? kind : action, ...counts },
          },
        }),
    owner_id: created_by,
    data: { state, kind, object, action, ...counts },
  }
}
