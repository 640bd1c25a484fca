import type { ReceivedInvitation } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { loginPath, paths } from '../../app/paths.ts'
import { pendingInvitation } from '../../app/pendingInvitation.ts'
import { rapport } from '../../app/rapport.ts'
import { joinOrganization, logOutHere, meQuery } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { JoinForm } from './JoinForm.tsx'
import { useRoleName } from './roles.ts'

/** Out of the address as soon as it is read: neither a history nor a referrer gets to keep it. */
function useInvitationToken(): string | null {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [token] = useState(() => new URLSearchParams(hash.slice(1)).get('token') ?? pendingInvitation.read())
  useEffect(() => {
    if (token) pendingInvitation.keep(token)
    if (hash) void navigate(paths.acceptInvitation, { replace: true })
  }, [token, hash, navigate])
  return token
}

export function AcceptPage() {
  const { t } = useTranslation()
  const token = useInvitationToken()
  const invitation = useQuery({
    queryKey: ['received-invitation', token],
    queryFn: () => rapport.invitations.inspect({ body: { token: token ?? '' } }),
    enabled: token !== null,
  })
  const me = useQuery({ ...meQuery, retry: false })
  if (token === null) return <Unusable code="invitation_not_found" />
  if (invitation.isError) {
    const { error } = invitation
    return <Unusable code={isProblem(error) ? error.code : null} onRetry={() => void invitation.refetch()} />
  }
  if (invitation.isPending || me.isPending)
    return (
      <AuthFrame page={t('organization.accept.page')} title={t('organization.accept.page')} below={null}>
        <output aria-label={t('common.state.loading')} className="flex flex-col gap-3">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-8 w-full" />
        </output>
      </AuthFrame>
    )
  // An account without any organization cannot say who it is, but is logged in all the same.
  const loggedIn = me.data !== undefined || (isProblem(me.error) && me.error.code === 'no_organization')
  if (!loggedIn) return <Newcomer invitation={invitation.data} token={token} />
  if (me.data && me.data.user.email !== invitation.data.email)
    return <SomebodyElse invited={invitation.data.email} email={me.data.user.email} />
  return <Welcome invitation={invitation.data} token={token} email={me.data?.user.email} />
}

function useInvitedBy({ inviter_name, role, role_name }: ReceivedInvitation): string {
  const { t } = useTranslation()
  const roleName = useRoleName()
  return t('organization.accept.by', { inviter: inviter_name, role: roleName(role, role_name) })
}

function Message({ text }: { text: string | null }) {
  if (!text) return null
  return (
    <blockquote className="mb-6 border-l-2 border-line-strong pl-3 text-13 whitespace-pre-line text-muted">
      {text}
    </blockquote>
  )
}

type WelcomeProps = { invitation: ReceivedInvitation; token: string; email: string | undefined }

function Welcome({ invitation, token, email }: WelcomeProps) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const by = useInvitedBy(invitation)
  const [busy, setBusy] = useState(false)
  const name = invitation.organization_name
  async function join() {
    setBusy(true)
    try {
      await joinOrganization(token)
    } catch (error) {
      notify.problem(t('common.problem.title'), describe(error))
      setBusy(false)
    }
  }
  return (
    <AuthFrame
      page={t('organization.accept.page')}
      title={t('organization.accept.title', { name })}
      below={email ? t('organization.accept.as', { email }) : null}
    >
      <p className="-mt-3 mb-5 text-13 text-muted">{by}</p>
      <Message text={invitation.message} />
      <Button variant="primary" loading={busy} className="w-full" onClick={() => void join()}>
        {t('organization.accept.join', { name })}
      </Button>
    </AuthFrame>
  )
}

function Newcomer({ invitation, token }: { invitation: ReceivedInvitation; token: string }) {
  const { t } = useTranslation()
  const by = useInvitedBy(invitation)
  return (
    <AuthFrame
      page={t('organization.accept.page')}
      title={t('organization.accept.title', { name: invitation.organization_name })}
      below={
        <>
          {t('organization.accept.has_account')}{' '}
          <Link
            to={loginPath(paths.acceptInvitation)}
            state={{ email: invitation.email }}
            className="font-medium text-accent-ink hover:underline"
          >
            {t('organization.accept.to_login')}
          </Link>
        </>
      }
    >
      <p className="-mt-3 mb-5 text-13 text-muted">{by}</p>
      <Message text={invitation.message} />
      <JoinForm email={invitation.email} token={token} />
    </AuthFrame>
  )
}

function SomebodyElse({ invited, email }: { invited: string; email: string }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const change = () =>
    logOutHere().catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
  return (
    <AuthFrame
      page={t('organization.accept.page')}
      title={t('organization.accept.other_title')}
      below={
        <Link to={paths.home} className="font-medium text-accent-ink hover:underline">
          {t('organization.accept.stay')}
        </Link>
      }
    >
      <p className="-mt-3 mb-5 text-13 text-muted">
        {t('organization.accept.other_text', { invited, email })}
      </p>
      <Button variant="primary" className="w-full" onClick={() => void change()}>
        {t('organization.accept.other_submit')}
      </Button>
    </AuthFrame>
  )
}

const endings = [
  'invitation_not_found',
  'invitation_expired',
  'invitation_revoked',
  'invitation_declined',
  'invitation_accepted',
] as const

function Unusable({ code, onRetry }: { code: string | null; onRetry?: () => void }) {
  const { t } = useTranslation()
  const ending = endings.find((one) => one === code)
  useEffect(() => {
    if (ending) pendingInvitation.forget()
  }, [ending])
  if (!ending)
    return (
      <main>
        <ErrorState
          heading="h1"
          title={t('common.problem.title')}
          text={t('common.problem.unexpected')}
          {...(onRetry ? { onRetry } : {})}
        />
      </main>
    )
  return (
    <AuthFrame page={t('organization.accept.page')} title={t(`organization.accept.${ending}`)} below={null}>
      <p className="-mt-3 mb-5 text-13 text-muted">{t(`organization.accept.${ending}_text`)}</p>
      <Link to={paths.home} className={buttonClass('primary')}>
        {t('organization.accept.home')}
      </Link>
    </AuthFrame>
  )
}
