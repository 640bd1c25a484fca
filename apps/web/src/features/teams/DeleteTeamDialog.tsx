import type { Team } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
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
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="small"
      title={t('teams.delete.title', { name: team.name })}
      description={t('teams.delete.text', { count: team.member_ids.length })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button variant="danger" loading={remove.isPending} onClick={submit}>
            {t('teams.delete.confirm')}
          </Button>
        </>
      }
    />
  )
}
