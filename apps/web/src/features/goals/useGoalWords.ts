import type { Goal } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'

type Told = Pick<Goal, 'metric' | 'period' | 'starts_on' | 'currency'>

/** How a goal, its period and its amounts read. */
export function useGoalWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const period = ({ period: kind, starts_on }: Pick<Told, 'period' | 'starts_on'>): string => {
    const [year = '', month = '1'] = starts_on.split('-')
    if (kind === 'year') return year
    if (kind === 'quarter') return t('goals.quarter', { number: Math.ceil(Number(month) / 3), year })
    return format.month(starts_on.slice(0, 7))
  }
  return {
    period,
    subject: ({ user_id, team_id, name }: Pick<Goal, 'user_id' | 'team_id' | 'name'>): string =>
      name ?? (user_id || team_id ? t('goals.somebody') : t('goals.organization')),
    amount: (value: number, { currency }: Pick<Told, 'currency'>): string =>
      currency === null ? format.number(value) : format.money(value, currency),
    metric: ({ metric }: Pick<Told, 'metric'>): string => t(`goals.metric.${metric}`),
  }
}
