import { useQuery } from '@tanstack/react-query'
import type { JobReport } from '@rapport/contracts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
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
        <JobToast key={id} id={id} onShowFailures={() => setShown(id)} />
      ))}
      <FailuresDialog job_id={shown} onClose={() => setShown(null)} />
    </>
  )
}

/** A message that is changed in place: how far it is, and in the end what came of it. */
function JobToast({ id, onShowFailures }: { id: string; onShowFailures: () => void }) {
  const { data: job } = useQuery(jobQuery(id))
  const { t } = useTranslation()
  const tell = useTellJob(onShowFailures)
  const closed = useRef(false)

  useEffect(() => {
    if (!job) return
    if (isMoving(job)) {
      // Who closed the message does not want to see it go on, but hears how it ended.
      if (!closed.current)
        notify.stand(`job-${id}`, { ...tell.progress(job), onClose: () => (closed.current = true) })
      return
    }
    refreshLists(job)
    notify.stand(`job-${id}`, tell.outcome(job))
    unfollowJob(id)
  }, [id, job, t, tell])
  return null
}

function refreshLists({ object }: JobReport): void {
  const keys = kindOf(object)?.store.keys
  for (const queryKey of [...(keys ? [keys.all] : []), ['board']])
    void queryClient.invalidateQueries({ queryKey })
}

function useTellJob(onShowFailures: () => void) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const show = useRef(onShowFailures)
  show.current = onShowFailures
  const [tell] = useState(() => ({ progress, outcome }))
  const words = useRef({ t, format, describe })
  words.current = { t, format, describe }
  return tell

  function attempt(work: Promise<unknown>): void {
    const { t: say, describe: reason } = words.current
    work.catch((error: unknown) => notify.problem(say('common.problem.title'), reason(error)))
  }

  function progress(job: JobReport) {
    const { t: say, format: to } = words.current
    const detail = say('bulk.progress', { done: to.number(job.done), total: to.number(job.total) })
    return {
      title: say(`bulk.running.${job.kind === 'undo' ? 'undo' : job.action}`),
      data: {
        kind: 'progress' as const,
        progress: { value: job.total === 0 ? 0 : job.done / job.total, detail },
        actions: [{ label: say('bulk.stop'), run: () => attempt(cancelJob(job.id)) }],
      },
    }
  }

  function outcome(job: JobReport) {
    const { t: say, format: to } = words.current
    const count = { count: job.changed, formatted: to.number(job.changed) }
    const failed = job.state === 'failed'
    const title = failed
      ? say('bulk.failed')
      : job.state === 'cancelled'
        ? say('bulk.stopped', { changed: to.number(job.changed), total: to.number(job.total) })
        : job.changed === 0
          ? say('bulk.nothing')
          : say(`bulk.done.${job.kind === 'undo' ? 'undo' : job.action}`, count)
    const refused =
      job.failed > 0
        ? say('bulk.refused', { count: job.failed, formatted: to.number(job.failed) })
        : undefined
    const canUndo = job.kind === 'bulk' && job.changed > 0
    return {
      title,
      ...(refused === undefined ? {} : { description: refused }),
      timeout: told_ms,
      data: {
        kind: failed || (job.changed === 0 && job.failed > 0) ? ('problem' as const) : ('undo' as const),
        ...(canUndo
          ? {
              undo: () => {
                notify.end(`job-${job.id}`)
                attempt(undoJob(job.id))
              },
            }
          : {}),
        actions: job.failed > 0 ? [{ label: say('bulk.show'), run: () => show.current() }] : [],
      },
    }
  }
}
