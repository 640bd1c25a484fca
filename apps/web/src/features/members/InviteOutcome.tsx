import { CircleAlert, CircleCheck, Link as LinkIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import type { Outcome } from './InviteDialog.tsx'

type Props = { outcomes: readonly Outcome[]; onMore: () => void; onDone: () => void }

/** The one moment in which the links exist: afterwards the server knows only their hashes. */
export function InviteOutcome({ outcomes, onMore, onDone }: Props) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-4 pb-2">
      <ul className="flex flex-col border-t border-line">
        {outcomes.map((outcome) => (
          <OutcomeRow key={outcome.email} outcome={outcome} />
        ))}
      </ul>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onMore}>
          {t('members.invite.more')}
        </Button>
        <Button variant="primary" onClick={onDone}>
          {t('members.invite.done')}
        </Button>
      </div>
    </div>
  )
}

function OutcomeRow({ outcome: { email, sent, problem } }: { outcome: Outcome }) {
  const { t } = useTranslation()
  const Icon = sent ? CircleCheck : CircleAlert
  async function copy(link: string) {
    await navigator.clipboard.writeText(link)
    notify.success(t('members.toast.link_copied'), email)
  }
  return (
    <li className="flex min-h-11 items-center gap-2.5 border-b border-line py-1.5">
      <Icon
        className={sent ? 'size-4 shrink-0 text-success-ink' : 'size-4 shrink-0 text-danger-ink'}
        strokeWidth={1.75}
        aria-hidden
      />
      <div className="min-w-0 flex-1">
        <p className="truncate text-13 font-medium">{email}</p>
        <p className="text-12 text-muted">{problem ?? t('members.invite.sent')}</p>
      </div>
      {sent ? (
        <Button
          size="small"
          icon={LinkIcon}
          aria-label={t('members.invite.copy_link_of', { email })}
          onClick={() => void copy(sent.link)}
        >
          {t('members.invite.copy_link')}
        </Button>
      ) : null}
    </li>
  )
}
