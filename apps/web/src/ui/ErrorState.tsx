import { CircleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'

export type ErrorStateProps = {
  icon?: LucideIcon
  title: ReactNode
  text?: ReactNode
  onRetry?: () => void
  /** Helps support find what happened. */
  request_id?: string | undefined
  actions?: ReactNode
  heading?: 'h1' | 'h2'
}

export function ErrorState({
  icon = CircleAlert,
  title,
  text,
  onRetry,
  request_id,
  actions,
  heading = 'h2',
}: ErrorStateProps) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState
        icon={icon}
        title={title}
        heading={heading}
        text={text}
        actions={
          onRetry || actions ? (
            <>
              {onRetry ? <Button onClick={onRetry}>{t('common.action.retry')}</Button> : null}
              {actions}
            </>
          ) : null
        }
      />
      {request_id ? (
        <p className="-mt-12 pb-12 text-center font-mono text-11 text-faint select-all">
          {t('common.problem.request_id', { id: request_id })}
        </p>
      ) : null}
    </div>
  )
}
