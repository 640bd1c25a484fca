import type { RetentionRule } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { retentionQuery, useSetRetention } from './api.ts'

const choices = [30, 90, 180, 365, 730, 1825] as const

export function RetentionTab({ readOnly }: { readOnly: boolean }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(retentionQuery)
  if (query.isPending) return <SkeletonRows rows={4} label={t('common.state.loading')} />
  if (query.isError) return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  return (
    <>
      <p className="pb-2 text-13 text-muted">{t('privacy.retention.intro')}</p>
      <ul aria-label={t('privacy.tab.retention')} className="flex flex-col divide-y divide-line">
        {query.data.map((rule) => (
          <RuleRow key={rule.kind} rule={rule} readOnly={readOnly} />
        ))}
      </ul>
    </>
  )
}

function RuleRow({ rule, readOnly }: { rule: RetentionRule; readOnly: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const set = useSetRetention()
  const days = [...new Set([...choices, ...(rule.days === null ? [] : [rule.days])])].toSorted(
    (a, b) => a - b,
  )
  const options = [
    { value: 'keep', label: t('privacy.retention.keep') },
    ...days.map((count) => ({ value: String(count), label: t('privacy.retention.after', { count }) })),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-13 font-medium">{t(`privacy.retention.kind.${rule.kind}.title`)}</p>
        <p className="text-12 text-muted">{t(`privacy.retention.kind.${rule.kind}.text`)}</p>
        {rule.last_run_at === null ? null : (
          <p className="text-12 text-faint">
            {t('privacy.retention.last', {
              when: format.ago(rule.last_run_at),
              count: rule.last_count,
              formatted: format.number(rule.last_count),
            })}
          </p>
        )}
      </div>
      <Select
        className="w-44!"
        label={t(`privacy.retention.kind.${rule.kind}.title`)}
        options={options}
        value={rule.days === null ? 'keep' : String(rule.days)}
        disabled={readOnly || set.isPending}
        onChange={(value) =>
          set.mutate([{ kind: rule.kind, days: value === 'keep' ? null : Number(value) }], {
            onSuccess: () => notify.success(t('privacy.retention.saved')),
            onError: (error) => notify.problem(describe(error)),
          })
        }
      />
    </li>
  )
}
