import type { ReceivedInvitation } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { ReceivedInvitations } from './ReceivedInvitations.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  invitations: readonly ReceivedInvitation[]
}

/** Closes by itself with the last answer. */
export function ReceivedDialog({ open, onOpenChange, invitations }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open && invitations.length > 0}
      onOpenChange={onOpenChange}
      title={t('organization.received.title')}
    >
      <div className="pb-2">
        <ReceivedInvitations invitations={invitations} />
      </div>
    </Dialog>
  )
}
