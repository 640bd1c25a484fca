import { BadgeCheck, CircleAlert } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { queryClient } from '../../app/queryClient.ts'
import { ME_KEY, rapport } from '../../app/rapport.ts'
import { meQuery } from '../../app/session.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { isNetworkFailure } from '../../ui/problem.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { useLinkToken } from './useLinkToken.ts'

/** Who opens the link is done: there is nothing to press. */
export function VerifyEmailPage() {
  const { t } = useTranslation()
  const token = useLinkToken()
  const { isPending, error } = useQuery({
    queryKey: ['verify-email', token],
    queryFn: async () => {
      await verify(token ?? '')
      return true
    },
    // A link works once: it is followed once, whatever renders again.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  })
  return (
    <AuthFrame page={t('auth.verify.page')} title={t('auth.verify.title')} below={null}>
      {isPending ? (
        <output className="text-13 text-muted">{t('common.state.loading')}</output>
      ) : (
        <Outcome problem={error === null ? null : isNetworkFailure(error) ? 'network' : 'expired'} />
      )}
    </AuthFrame>
  )
}

/** A link that was used up by this very person is no failure. */
async function verify(token: string): Promise<void> {
  try {
    await rapport.account.verifyEmail({ body: { token } })
    await queryClient.invalidateQueries({ queryKey: ME_KEY })
  } catch (error) {
    const me = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null)
    if (me?.user.email_verified_at == null) throw error
  }
}

function Outcome({ problem }: { problem: 'network' | 'expired' | null }) {
  const { t } = useTranslation()
  const text =
    problem === null
      ? t('auth.verify.done')
      : problem === 'network'
        ? t('common.problem.network')
        : t('auth.verify.expired')
  const Icon = problem === null ? BadgeCheck : CircleAlert
  return (
    <>
      <output className="flex gap-2.5 text-13">
        <Icon
          className={
            problem === null ? 'size-5 shrink-0 text-success-ink' : 'size-5 shrink-0 text-danger-ink'
          }
          strokeWidth={1.75}
          aria-hidden
        />
        {text}
      </output>
      <Link to={paths.home} className={`${buttonClass('primary')} mt-6 w-full`}>
        {t('auth.verify.go')}
      </Link>
    </>
  )
}
