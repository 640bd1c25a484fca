import type { ImportUpload } from '@rapport/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowLeft, ListChecks } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { Progress } from '../../ui/Progress.tsx'
import { checkQuery, useStartImport } from './api.ts'
import { CheckCounts, CheckDetails } from './CheckResult.tsx'
import type { Check, Plan, Policy } from './plan.ts'
import { useReason } from './refusal.ts'
import { StepFrame } from './StepFrame.tsx'

type Props = {
  shown: ImportUpload
  plan: Plan
  onChange: (change: Partial<Plan>) => void
  onBack: () => void
}

export function CheckStep({ shown, plan, onChange, onBack }: Props) {
  const { t } = useTranslation()
  const reason = useReason()
  const format = useFormat()
  // The check of before stays in sight of the choice below it, which keeps the focus.
  const check = useQuery({ ...checkQuery(shown.id, plan), placeholderData: keepPreviousData })
  const start = useStartImport(shown.id)
  const run = () => void check.refetch()
  const begin = () =>
    start.mutate(plan, {
      onError: (error) => notify.problem(t('common.problem.title'), reason(error)),
    })
  const keep = (keep_unreadable: boolean) => {
    onChange({ keep_unreadable })
    void queryClient.prefetchQuery(checkQuery(shown.id, { ...plan, keep_unreadable }))
  }
  const isKeeping = plan.keep_unreadable ?? false
  const arriving = check.data ? countArriving(check.data, plan.duplicate_policy) : 0
  const heard = check.isFetching
    ? t('imports.check.reading', { count: shown.total, formatted: format.number(shown.total) })
    : check.data
      ? t('imports.check.heard', {
          arriving: format.number(arriving),
          invalid: format.number(check.data.invalid),
        })
      : ''

  return (
    <StepFrame
      label={t('imports.steps.check')}
      footer={
        <>
          <Button variant="ghost" icon={ArrowLeft} className="mr-auto -ml-3" onClick={onBack}>
            {t('imports.check.back')}
          </Button>
          {check.data && !check.isFetching ? (
            <>
              {arriving === 0 ? <span className="text-12 text-muted">{t('imports.check.none')}</span> : null}
              <Button variant="primary" loading={start.isPending} disabled={arriving === 0} onClick={begin}>
                {t('imports.check.start', { count: arriving, formatted: format.number(arriving) })}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <output className="sr-only">{heard}</output>
      {check.isFetching ? (
        <Reading total={shown.total} />
      ) : check.data ? (
        <CheckCounts check={check.data} policy={plan.duplicate_policy} onAgain={run} />
      ) : check.error ? (
        <ErrorState title={t('imports.check.failed')} text={reason(check.error)} onRetry={run} />
      ) : (
        <EmptyState
          icon={ListChecks}
          title={t('imports.check.prompt')}
          text={t('imports.check.prompt_text')}
          actions={
            <Button variant="primary" onClick={run}>
              {t('imports.check.run')}
            </Button>
          }
        />
      )}
      {check.data && (isKeeping || helpsToKeep(check.data)) ? (
        <Checkbox checked={isKeeping} onChange={keep}>
          {t('imports.check.keep')}
        </Checkbox>
      ) : null}
      {check.data && !check.isFetching ? (
        <CheckDetails object={shown.object} check={check.data} onAgain={run} />
      ) : null}
    </StepFrame>
  )
}

function Reading({ total }: { total: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const label = t('imports.check.reading', { count: total, formatted: format.number(total) })
  return (
    <div className="mx-auto w-full max-w-md py-16">
      <Progress label={label} value={null} />
    </div>
  )
}

/** A row that is wrong as a whole has no text that could be kept instead. */
const helpsToKeep = ({ errors }: Check) => errors.some(({ column }) => column !== null)

const countArriving = (check: Check, policy: Policy) =>
  check.new + check.update + (policy === 'create' ? check.duplicate : 0)
