import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { isNetworkFailure } from '../../ui/problem.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'

/** Asks before it does: programs that look through mails open their links, but press no button. */
export function UnsubscribePage() {
  const { t } = useTranslation()
  const token = useSearchParams()[0].get('token') ?? ''
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => rapport.notifications.unsubscribe({ body: { token } }),
  })
  return (
    <AuthFrame
      page={t('notifications.unsubscribe.page')}
      title={t('notifications.unsubscribe.title')}
      below={null}
    >
      <output className="text-13 text-muted">
        {t(isSuccess ? 'notifications.unsubscribe.done' : 'notifications.unsubscribe.text')}
      </output>
      {error ? (
        <p role="alert" className="mt-3 text-13 text-danger-ink">
          {t(isNetworkFailure(error) ? 'common.problem.network' : 'notifications.unsubscribe.invalid')}
        </p>
      ) : null}
      {isSuccess ? (
        <Link to={paths.home} className={`${buttonClass('primary')} mt-6 w-full`}>
          {t('notifications.unsubscribe.go')}
        </Link>
      ) : (
        <Button variant="primary" loading={isPending} onClick={() => mutate()} className="mt-6 w-full">
          {t('notifications.unsubscribe.confirm')}
        </Button>
      )}
    </AuthFrame>
  )
}
