import type { ChatChannel } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

type Props = { channel: ChatChannel; onLeave: () => void; onClose: () => void }

/** Nobody comes back to a private channel by themselves: what leaving it means is said before. */
export function LeaveDialog({ channel, onLeave, onClose }: Props) {
  const { t } = useTranslation()
  const { name, member_count, can } = channel
  const isLast = member_count <= 1
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('chat.leaving.title', { name })}
      description={t(isLast ? 'chat.leaving.last' : 'chat.leaving.text')}
      confirm={t('chat.leave')}
      onConfirm={onLeave}
    >
      {can.archive && !can.moderate && !isLast ? (
        <p className="text-13 text-muted">{t('chat.leaving.opened_by_you')}</p>
      ) : null}
    </ConfirmDialog>
  )
}
