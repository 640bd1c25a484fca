import { useQuery } from '@tanstack/react-query'
import type { JobReport } from '@rapport/contracts'
import type { TFunction } from 'i18next'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { useFormat, type Format } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { downloadExport, readExportsAgain } from '../exports/api.ts'
import { kindOf } from '../records/kinds.ts'
import { cancelJob, isMoving, jobQuery, undoJob } from './api.ts'
import { FailuresDialog } from './FailuresDialog.tsx'
import { unfollowJob, useFollowedJobs } from './followed.ts'

const told_ms = 20_000

/** Tells how the changes of many records go, on whatever page one is. Belongs once into the shell. */
export function JobToasts() {
  const followed = useFollowedJobs()
  const [shown, setShown] = useState<string | null>(null)
  return (
    <>
      {followed.map((id) => (
        <JobToast key={id} id={id} onShowFailures={setShown} />
      ))}
      <FailuresDialog job_id={shown} onClose={() => setShown(null)} />
    </>
  )
}

type Props = { id: string; onShowFailures: (id: string) => void }

/** A message that is changed in place: how far it is, and in the end what came of it. */
function JobToast({ id, onShowFailures }: Props) {
  const { data: job } = useQuery(jobQuery(id))
  const { progressOf, outcomeOf } = useJobWords(onShowFailures)
  const closed = useRef(false)

  useEffect(() => {
    if (!job) return
    if (isMoving(job)) {
      // Who closed the message does not want to see it go on, but hears how it ended.
      const onClose = () => (closed.current = true)
      if (!closed.current) notify.stand(`job-${id}`, { ...progressOf(job), onClose })
      return
    }
    refreshLists(job)
    notify.stand(`job-${id}`, outcomeOf(job))
    unfollowJob(id)
  }, [id, job, progressOf, outcomeOf])
  return null
}

function refreshLists({ object, kind }: JobReport): void {
  if (kind === 'export') return readExportsAgain()
  const keys = kindOf(object)?.store.keys
  for (const queryKey of [...(keys ? [keys.all] : []), ['board']])
    void queryClient.invalidateQueries({ queryKey })
}

function useJobWords(onShowFailures: Props['onShowFailures']) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const attempt = useCallback(
    (work: Promise<unknown>) =>
      void work.catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error))),
    [t, describe],
  )

  const progressOf = useCallback(
    ({ id, kind, action, done, total }: JobReport) => ({
      title:
        action === 'export' ? t('exports.running') : t(`bulk.running.${kind === 'undo' ? kind : action}`),
      data: {
        kind: 'progress' as const,
        progress: {
          value: total === 0 ? 0 : done / total,
          detail: t('bulk.progress', { done: format.number(done), total: format.number(total) }),
        },
        actions: [{ label: t('bulk.stop'), run: () => attempt(cancelJob(id)) }],
      },
    }),
    [t, format, attempt],
  )

  const outcomeOf = useCallback(
    (job: JobReport) => {
      const { id, kind, changed, failed } = job
      if (kind === 'export') return exportOutcome(job, { t, format, attempt })
      const undo = () => {
        notify.end(`job-${id}`)
        attempt(undoJob(id))
      }
      const refused = { count: failed, formatted: format.number(failed) }
      return {
        title: headlineOf(job, t, format),
        ...(failed > 0 ? { description: t('bulk.refused', refused) } : {}),
        timeout: told_ms,
        data: {
          kind: job.state === 'failed' || changed < failed ? ('problem' as const) : ('undo' as const),
          ...(kind === 'bulk' && changed > 0 ? { undo } : {}),
          actions: failed > 0 ? [{ label: t('bulk.show'), run: () => onShowFailures(id) }] : [],
        },
      }
    },
    [t, format, attempt, onShowFailures],
  )
  return { progressOf, outcomeOf }
}

type Words = { t: TFunction; format: Format; attempt: (work: Promise<unknown>) => void }

/** A file that is ready waits in the message; later it is found among the exports. */
function exportOutcome({ id, state, done, problem }: JobReport, { t, format, attempt }: Words) {
  const isReady = state === 'completed'
  const title = isReady
    ? t('exports.done', { count: done, formatted: format.number(done) })
    : t(state === 'failed' ? 'exports.failed' : 'exports.stopped')
  return {
    title,
    ...(problem === null ? {} : { description: problem }),
    timeout: told_ms,
    data: {
      kind: state === 'failed' ? ('problem' as const) : ('undo' as const),
      actions: isReady ? [{ label: t('exports.download'), run: () => attempt(downloadExport(id)) }] : [],
    },
  }
}

function headlineOf(
  { state, kind, action, changed, total }: JobReport,
  t: TFunction,
  format: Format,
): string {
  if (state === 'failed') return t('bulk.failed')
  if (state === 'cancelled')
    return t('bulk.stopped', { changed: format.number(changed), total: format.number(total) })
  if (changed === 0) return t('bulk.nothing')
  if (action === 'export') throw new Error('An export changes nothing.')
  return t(`bulk.done.${kind === 'undo' ? kind : action}`, {
    count: changed,
    formatted: format.number(changed),
  })
}
