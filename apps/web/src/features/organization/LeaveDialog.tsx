import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rapport } from '../../app/rapport.ts'
import { leaveFor, useMe } from '../../app/session.ts'
import { paths } from '../../app/paths.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FormProblem } from '../../ui/Form.tsx'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

/** Only somebody else can undo this, so it is asked. */
export function LeaveDialog({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  const { organization, organizations } = useMe()
  const describe = useDescribeProblem()
  const leave = useMutation({
    mutationFn: () => rapport.members.leave({ params: { organization_id: organization.id } }),
    onSuccess: () => leaveFor(organizations.length > 1 ? paths.home : paths.outside),
  })
  const explain = (error: unknown) =>
    isProblem(error) && error.code === 'last_owner' ? t('organization.leave.last_owner') : describe(error)
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('organization.leave.title', { name: organization.name })}
      description={t('organization.leave.consequence')}
      confirm={t('organization.leave.submit')}
      busy={leave.isPending}
      onConfirm={() => leave.mutate()}
    >
      {leave.isError ? <FormProblem>{explain(leave.error)}</FormProblem> : null}
    </ConfirmDialog>
  )
}
