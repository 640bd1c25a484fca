import type { Member } from '@rapport/contracts'
import { ArrowRightLeft, Crown, Ellipsis, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useRestore } from './api.ts'
import { DeactivateDialog } from './DeactivateDialog.tsx'
import { OwnershipDialog } from './OwnershipDialog.tsx'
import { useTellMemberProblem } from './useMemberProblem.ts'

export function MemberMenu({ member }: { member: Member }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'deactivate' | 'ownership' | null>(null)
  const restore = useRestore()
  const tell = useTellMemberProblem()
  const { can, full_name: name, user_id } = member
  if (!can.deactivate && !can.restore && !can.make_owner) return null
  const close = (open: boolean) => {
    if (!open) setAsking(null)
  }
  const letIn = () =>
    restore.mutate(user_id, {
      ...tell,
      onSuccess: () => notify.success(t('members.toast.restored', { name })),
    })
  return (
    <>
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('members.actions_for', { name })} />}>
        {can.make_owner ? (
          <MenuItem icon={Crown} onSelect={() => setAsking('ownership')}>
            {t('members.menu.make_owner')}
          </MenuItem>
        ) : null}
        {can.restore ? (
          <>
            <MenuItem icon={UserRoundCheck} onSelect={letIn}>
              {t('members.menu.restore')}
            </MenuItem>
            <MenuItem icon={ArrowRightLeft} onSelect={() => setAsking('deactivate')}>
              {t('members.menu.reassign')}
            </MenuItem>
          </>
        ) : null}
        {can.deactivate ? (
          <MenuItem icon={UserRoundX} danger onSelect={() => setAsking('deactivate')}>
            {t('members.menu.deactivate')}
          </MenuItem>
        ) : null}
      </Menu>
      <DeactivateDialog member={member} open={asking === 'deactivate'} onOpenChange={close} />
      <OwnershipDialog member={member} open={asking === 'ownership'} onOpenChange={close} />
    </>
  )
}
