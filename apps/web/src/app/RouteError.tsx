import { Compass, Lock, RotateCw, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, isRouteErrorResponse, useRouteError } from 'react-router'
import { Button, buttonClass } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { isNetworkFailure, isProblem } from '../ui/problem.ts'
import { usePageTitle } from '../ui/usePageTitle.ts'
import { FeatureOff } from './FeatureOff.tsx'
import { paths } from './paths.ts'

function statusOf(error: unknown): number | null {
  if (isProblem(error) || isRouteErrorResponse(error)) return error.status
  return null
}

function HomeLink() {
  const { t } = useTranslation()
  return (
    <Link to={paths.home} className={buttonClass()}>
      {t('shell.error.home')}
    </Link>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  usePageTitle(t('shell.error.not_found_title'))
  return (
    <EmptyState
      heading="h1"
      icon={Compass}
      title={t('shell.error.not_found_title')}
      text={t('shell.error.not_found_text')}
      actions={<HomeLink />}
    />
  )
}

function FeatureOffPage() {
  const { t } = useTranslation()
  usePageTitle(t('shell.error.feature_off_title'))
  return <FeatureOff heading="h1" />
}

export function ForbiddenPage() {
  const { t } = useTranslation()
  usePageTitle(t('shell.error.forbidden_title'))
  return (
    <EmptyState
      heading="h1"
      icon={Lock}
      title={t('shell.error.forbidden_title')}
      text={t('shell.error.forbidden_text')}
      actions={<HomeLink />}
    />
  )
}

/** Whatever a page or its loader threw: each kind says what happened and what one can do. */
export function RouteError() {
  const error = useRouteError()
  const status = statusOf(error)
  if (status === 404) return <NotFoundPage />
  if (isProblem(error) && error.code === 'feature_off') return <FeatureOffPage />
  if (status === 403) return <ForbiddenPage />
  return <CrashPage error={error} />
}

/** A failed import of a page's code is a network failure too; a reload fetches the current version. */
function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const network = isNetworkFailure(error)
  const title = network ? t('shell.error.network_title') : t('shell.error.crash_title')
  usePageTitle(title)
  return (
    <ErrorState
      heading="h1"
      {...(network ? { icon: WifiOff } : {})}
      title={title}
      text={network ? t('shell.error.network_text') : t('shell.error.crash_text')}
      request_id={isProblem(error) ? error.problem.request_id || undefined : undefined}
      actions={
        <Button icon={RotateCw} onClick={() => location.reload()}>
          {t('common.action.reload')}
        </Button>
      }
    />
  )
}
