import type { Import } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { Progress } from '../../ui/Progress.tsx'
import { useCancelImport } from './api.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { useReason } from './refusal.ts'
import { StepFrame } from './StepFrame.tsx'

export function RunStep({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { done, total, state } = shown
  const share = total === 0 ? 0 : done / total
  const reached = { done: format.number(done), total: format.number(total) }
  return (
    <StepFrame label={t('imports.run.title')}>
      <section className="flex flex-col gap-6 pt-6">
        <Progress
          label={t(state === 'paused' ? 'imports.run.paused' : 'imports.run.title')}
          value={share}
          detail={t('imports.run.detail', reached)}
        />
        <Milestones share={share} />
        <ImportCounts shown={shown} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <StopButton shown={shown} />
          <p className="text-12 text-muted">{t('imports.run.leave')}</p>
        </div>
      </section>
    </StepFrame>
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
    <Dialog
      size="small"
      open={asking}
      onOpenChange={setAsking}
      trigger={<Button>{t('imports.run.stop')}</Button>}
      title={t('imports.run.stop_title')}
      description={t('imports.run.stop_text', {
        done: format.number(shown.done),
        total: format.number(shown.total),
      })}
      footer={
        <>
          <Button variant="ghost" onClick={() => setAsking(false)}>
            {t('imports.run.go_on')}
          </Button>
          <Button variant="danger" loading={cancel.isPending} onClick={stop}>
            {t('imports.run.stop')}
          </Button>
        </>
      }
    />
  )
}
