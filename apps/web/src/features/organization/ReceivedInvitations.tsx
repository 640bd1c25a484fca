import type { ReceivedInvitation } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { switchOrganization } from '../../app/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useAcceptReceived, useDeclineReceived } from './api.ts'
import { useRoleName } from '../members/roles.ts'

/** Invitations to oneself, each to take or to leave. */
export function ReceivedInvitations({ invitations }: { invitations: readonly ReceivedInvitation[] }) {
  return (
    <ul className="flex flex-col border-t border-line">
      {invitations.map((invitation) => (
        <ReceivedRow key={invitation.id} invitation={invitation} />
      ))}
    </ul>
  )
}

function ReceivedRow({ invitation }: { invitation: ReceivedInvitation }) {
  const { t } = useTranslation()
  const roleName = useRoleName()
  const describe = useDescribeProblem()
  const accept = useAcceptReceived()
  const decline = useDeclineReceived()
  const { id, organization_name: name, inviter_name, role, role_name } = invitation
  const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const join = () =>
    accept.mutate(id, { onError, onSuccess: ({ organization }) => void switchOrganization(organization.id) })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2.5">
      <Avatar name={name} shape="organization" size={32} decorative />
      <div className="min-w-40 flex-1">
        <p className="truncate text-13 font-medium">{name}</p>
        <p className="text-12 text-muted">
          {t('organization.received.by', { inviter: inviter_name, role: roleName(role, role_name) })}
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          variant="ghost"
          loading={decline.isPending}
          aria-label={t('organization.received.decline_of', { name })}
          onClick={() => decline.mutate(id, { onError })}
        >
          {t('organization.received.decline')}
        </Button>
        <Button
          variant="primary"
          loading={accept.isPending}
          aria-label={t('organization.received.join_of', { name })}
          onClick={join}
        >
          {t('organization.received.join')}
        </Button>
      </div>
    </li>
  )
}
