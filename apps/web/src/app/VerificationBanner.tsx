import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { notify } from '../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../ui/problem.ts'
import { rapport } from './rapport.ts'
import { useMe, useSendsMail } from './session.ts'

/** Until the address is proved. Where no mail leaves the installation, nobody is asked for what they cannot do. */
export function VerificationBanner() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { user } = useMe()
  const sends = useSendsMail()
  const resend = useMutation({
    mutationFn: () => rapport.account.resendVerification(),
    onSuccess: () => notify.success(t('account.verify.sent', { email: user.email })),
    onError: (error) =>
      notify.problem(
        t('common.problem.title'),
        isProblem(error) && error.status === 429 ? t('account.verify.too_many') : describe(error),
      ),
  })
  if (!sends || user.email_verified_at !== null) return null
  return (
    <Banner
      kind="info"
      actions={
        <Button variant="ghost" size="small" loading={resend.isPending} onClick={() => resend.mutate()}>
          {t('account.verify.resend')}
        </Button>
      }
    >
      {t('account.verify.banner', { email: user.email })}
    </Banner>
  )
}
