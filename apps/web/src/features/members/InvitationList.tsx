import type { Invitation } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Mail, RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { invitationsQuery, useResend, useRevoke } from './api.ts'
import { useRoleName } from './roles.ts'
import { useTellMemberProblem } from './useMemberProblem.ts'

/** Who has been asked and has not answered yet. Without any, nothing is shown. */
export function InvitationList() {
  const { t } = useTranslation()
  const { data: invitations } = useQuery(invitationsQuery)
  if (!invitations || invitations.length === 0) return null
  return (
    <section className="flex flex-col gap-2" aria-label={t('members.invitation.title')}>
      <h2 className="flex min-h-control items-center text-13 font-semibold">
        {t('members.invitation.title')}
      </h2>
      <ul className="flex flex-col border-t border-line">
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  )
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const format = useFormat()
  const roleName = useRoleName()
  const { email, invited_by, sent_at, expires_at, state } = invitation
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,11rem)_9rem_4.5rem]">
      <div className="flex min-w-0 items-center gap-3">
        <span className="inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-dashed border-line-strong text-faint">
          <Mail className="size-4" strokeWidth={1.75} aria-hidden />
        </span>
        <div className="min-w-0">
          <p className="truncate text-13 font-medium">{email}</p>
          <p className="truncate text-12 text-muted">
            {t('members.invitation.by', { name: invited_by.name, ago: format.ago(sent_at) })}
          </p>
        </div>
      </div>
      <div className="col-span-2 pl-11 text-12 text-muted sm:col-span-1 sm:pl-0">
        {state === 'expired' ? (
          <Badge tone="warn">{t('members.invitation.expired')}</Badge>
        ) : (
          t('members.invitation.expires', { date: format.date(expires_at) })
        )}
      </div>
      <span className="pl-11 text-13 sm:px-2.5">{roleName(invitation.role, invitation.role_name)}</span>
      <div className="col-start-2 row-start-1 flex justify-end sm:col-start-4">
        <InvitationActions invitation={invitation} />
      </div>
    </li>
  )
}

function InvitationActions({ invitation: { id, email } }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const resend = useResend()
  const revoke = useRevoke()
  const tell = useTellMemberProblem()
  return (
    <>
      <IconButton
        icon={RotateCw}
        label={t('members.invitation.resend_to', { email })}
        disabled={resend.isPending}
        onClick={() =>
          resend.mutate(id, {
            ...tell,
            onSuccess: () => notify.success(t('members.toast.resent', { email })),
          })
        }
      />
      <IconButton
        icon={X}
        label={t('members.invitation.revoke_of', { email })}
        disabled={revoke.isPending}
        onClick={() =>
          revoke.mutate(id, {
            ...tell,
            onSuccess: () => notify.success(t('members.toast.revoked', { email })),
          })
        }
      />
    </>
  )
}
