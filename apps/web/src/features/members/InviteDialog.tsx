import type { SentInvitation } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { InviteForm } from './InviteForm.tsx'
import { InviteOutcome } from './InviteOutcome.tsx'

/** What became of each address: an invitation with its link, or why not. */
export type Outcome = { email: string; sent: SentInvitation | null; problem: string | null }

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

export function InviteDialog({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null)
  const sent = outcomes?.filter((outcome) => outcome.sent).length ?? 0
  const change = (next: boolean) => {
    if (!next) setOutcomes(null)
    onOpenChange(next)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={
        outcomes && sent > 0 ? t('members.invite.done_title', { count: sent }) : t('members.invite.title')
      }
      description={sent > 0 ? t('members.invite.done_text') : undefined}
    >
      {outcomes ? (
        <InviteOutcome outcomes={outcomes} onMore={() => setOutcomes(null)} onDone={() => change(false)} />
      ) : (
        <InviteForm onSent={setOutcomes} onCancel={() => change(false)} />
      )}
    </Dialog>
  )
}
