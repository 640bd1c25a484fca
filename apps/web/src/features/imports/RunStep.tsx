import type { Import } from '@rapport/contracts'
import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { Progress } from '../../ui/Progress.tsx'
import { useTimeLeft } from '../../ui/timeLeft.ts'
import { useCancelImport, usePauseImport, useResumeImport } from './api.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { useReason } from './refusal.ts'
import { StepFrame } from './StepFrame.tsx'

export function RunStep({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, phase } = shown
  const { done, total } = reachedIn(shown)
  const share = total === 0 ? 0 : Math.min(1, done / total)
  const reached = { done: format.number(done), total: format.number(total) }
  const left = useTimeLeft(done, total, state === 'running' && phase !== 'links')
  const detail = [
    t(phase === 'undo' ? 'imports.run.detail_records' : 'imports.run.detail', reached),
    ...(left === null ? [] : [t('imports.run.left', { time: format.duration(left) })]),
  ]
  const doing = state === 'paused' ? 'paused' : phase === 'rows' ? 'title' : phase
  return (
    <StepFrame label={t('imports.run.title')}>
      <section className="flex flex-col gap-6 pt-6">
        <Progress
          label={t(`imports.run.${doing}`)}
          value={phase === 'links' ? null : share}
          detail={detail.join(' · ')}
        />
        <Milestones share={share} />
        <ImportCounts shown={shown} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {phase === 'undo' ? null : (
            <>
              <HoldButton shown={shown} />
              <StopButton shown={shown} />
            </>
          )}
          <p className="text-12 text-muted">
            {t(state === 'paused' ? 'imports.run.leave_paused' : 'imports.run.leave')}
          </p>
        </div>
      </section>
    </StepFrame>
  )
}

/** An undo counts records, of which two rows may have made one. */
const reachedIn = ({ phase, done, total, created, updated, companies, undone, kept }: Import) =>
  phase === 'undo' ? { done: undone + kept, total: created + updated + companies } : { done, total }

function HoldButton({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const reason = useReason()
  const pause = usePauseImport(shown.id)
  const resume = useResumeImport(shown.id)
  const isHeld = shown.state === 'paused'
  const step = isHeld ? resume : pause
  return (
    <Button
      variant={isHeld ? 'primary' : 'secondary'}
      icon={isHeld ? Play : Pause}
      loading={step.isPending}
      onClick={() =>
        step.mutate(undefined, {
          onError: (error) => notify.problem(t('common.problem.title'), reason(error)),
        })
      }
    >
      {t(isHeld ? 'imports.run.resume' : 'imports.run.pause')}
    </Button>
  )
}

/** Screen readers hear each quarter, not each batch. */
function Milestones({ share }: { share: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const quarter = Math.floor(share * 4) / 4
  return (
    <output className="sr-only">{t('imports.run.announce', { percent: format.percent(quarter) })}</output>
  )
}

/** Asks first, because a stopped import cannot go on. */
function StopButton({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const reason = useReason()
  const [asking, setAsking] = useState(false)
  const cancel = useCancelImport(shown.id)
  const stop = () =>
    cancel.mutate(undefined, {
      onError: (error) => {
        setAsking(false)
        notify.problem(t('common.problem.title'), reason(error))
      },
    })
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      trigger={<Button>{t('imports.run.stop')}</Button>}
      title={t('imports.run.stop_title')}
      description={t('imports.run.stop_text', {
        done: format.number(shown.done),
        total: format.number(shown.total),
      })}
      confirm={t('imports.run.stop')}
      cancel={t('imports.run.go_on')}
      busy={cancel.isPending}
      onConfirm={stop}
    />
  )
}
