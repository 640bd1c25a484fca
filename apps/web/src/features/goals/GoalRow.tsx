import type { Goal } from '@rapport/contracts'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useCreateGoal, useRemoveGoal } from './api.ts'
import { GoalProgress } from './GoalProgress.tsx'
import { useGoalWords } from './useGoalWords.ts'

type Props = { goal: Goal; readOnly: boolean; onEdit: () => void }

export function GoalRow({ goal, readOnly, onEdit }: Props) {
  const { t } = useTranslation()
  const words = useGoalWords()
  const remove = useRemoval(goal)
  const name = `${words.subject(goal)} · ${words.metric(goal)}`
  return (
    <li className="flex items-center gap-3 border-b border-line py-2.5">
      <div className="min-w-0 flex-1">
        <GoalProgress goal={goal} label={name} />
      </div>
      {readOnly ? null : (
        <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('goals.actions_for', { name })} />}>
          <MenuItem icon={Pencil} onSelect={onEdit}>
            {t('goals.edit')}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={remove}>
            {t('goals.delete')}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}

/** Deletes at once; taking that back sets the same goal anew. */
function useRemoval(goal: Goal): () => void {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const remove = useRemoveGoal()
  const create = useCreateGoal()
  const failed = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const { user_id, team_id, metric, period, starts_on, target, currency } = goal
  const body = {
    user_id,
    team_id,
    metric,
    period,
    starts_on,
    target,
    ...(currency === null ? {} : { currency }),
  }
  return () =>
    remove.mutate(goal, {
      onError: failed,
      onSuccess: () =>
        notify.undo(t('goals.deleted'), () =>
          create.mutate({ key: crypto.randomUUID(), body }, { onError: failed }),
        ),
    })
}
