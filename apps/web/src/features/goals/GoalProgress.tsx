import type { Goal } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { Progress } from '../../ui/Progress.tsx'
import { useGoalWords } from './useGoalWords.ts'

/** How far a goal has come. */
export function GoalProgress({
  goal,
  label,
  labelHidden = false,
}: {
  goal: Goal
  label: string
  labelHidden?: boolean
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useGoalWords()
  const share = goal.reached / goal.target
  const detail = t('goals.reached', {
    reached: words.amount(goal.reached, goal),
    target: words.amount(goal.target, goal),
    share: format.percent(Math.floor(share * 100) / 100),
  })
  return (
    <Progress
      label={labelHidden ? `${label}: ${detail}` : label}
      labelHidden={labelHidden}
      value={Math.min(1, share)}
      detail={detail}
    />
  )
}
