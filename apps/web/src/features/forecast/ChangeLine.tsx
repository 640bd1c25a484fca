import type { ForecastChange } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { useMemberName } from '../members/api.ts'
import { useStage } from '../pipelines/api.ts'

/** One deal: what became of it, from what to what, and what that makes. */
export function ChangeLine({ change }: { change: ForecastChange }) {
  const { t } = useTranslation()
  const format = useFormat()
  const steps = useSteps(change)
  return (
    <li className="flex items-baseline gap-3 border-b border-line py-1.5">
      <div className="min-w-0 flex-1">
        <Link to={paths.deal(change.deal.id)} className="rounded-small font-medium hover:underline">
          {change.deal.name}
        </Link>
        <span className="block text-12 text-muted sm:ml-2 sm:inline">
          {t(`forecast.reason.${change.reason}`)}
          {steps ? <span className="text-faint"> · {t('forecast.changes.step', steps)}</span> : null}
        </span>
      </div>
      <span className={cx('shrink-0 tabular', change.change > 0 ? 'text-success-ink' : 'text-danger-ink')}>
        {format.signedMoney(change.change, change.currency)}
      </span>
    </li>
  )
}

type State = ForecastChange['is']

/** From what to what, where that says more than the amount does. */
function useSteps({ reason, was, is }: ForecastChange): { from: string; to: string } | null {
  const { t } = useTranslation()
  const format = useFormat()
  const stageOf = useStage()
  const nameOf = useMemberName()
  if (!was) return null
  const dayOf = ({ status, closed_at, expected_close }: State) =>
    status === 'open'
      ? expected_close && format.plainDay(expected_close)
      : closed_at && format.date(closed_at)
  const tell: Partial<Record<ForecastChange['reason'], (state: State) => string | null | undefined>> = {
    stage: ({ stage_id }) => stageOf(stage_id)?.name,
    won: ({ stage_id }) => stageOf(stage_id)?.name,
    lost: ({ stage_id }) => stageOf(stage_id)?.name,
    reopened: ({ stage_id }) => stageOf(stage_id)?.name,
    category: ({ category }) => t(`records.option.forecast_category.${category}`),
    probability: ({ probability }) => format.percent(probability / 100),
    owner: ({ owner_id }) => (owner_id === null ? t('forecast.nobody') : nameOf(owner_id)),
    value_up: ({ value, currency }) => format.money(value ?? 0, currency),
    value_down: ({ value, currency }) => format.money(value ?? 0, currency),
    currency: ({ value, currency }) => format.money(value ?? 0, currency),
    pushed_out: dayOf,
    pulled_in: dayOf,
  }
  const [from, to] = [was, is].map((state) => tell[reason]?.(state) ?? t('forecast.changes.nothing'))
  return tell[reason] && from !== undefined && to !== undefined ? { from, to } : null
}
