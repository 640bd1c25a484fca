import type { Team } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useRemoveTeam } from './api.ts'

export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const remove = useRemoveTeam()
  const submit = () =>
    remove.mutate(team.id, {
      onSuccess() {
        notify.success(t('teams.delete.done', { name: team.name }))
        onClose()
      },
      onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('teams.delete.title', { name: team.name })}
      description={t('teams.delete.text', { count: team.member_ids.length })}
      confirm={t('teams.delete.confirm')}
      busy={remove.isPending}
      onConfirm={submit}
    />
  )
}
