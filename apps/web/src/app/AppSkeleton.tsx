import { useTranslation } from 'react-i18next'
import { Skeleton, SkeletonRows } from '../ui/Skeleton.tsx'

/** While a page's code or first data is on its way. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-bar items-center px-4">
        <Skeleton className="h-4 w-32" />
      </div>
      <SkeletonRows rows={12} label={t('common.state.loading')} />
    </div>
  )
}

/** The whole frame, before we know who is there. */
export function AppSkeleton() {
  return (
    <div className="flex h-dvh bg-app">
      <div aria-hidden className="hidden w-sidebar flex-col gap-3 p-4 md:flex">
        <Skeleton className="mb-3 h-6 w-36" />
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-4 w-28" />
      </div>
      <div className="min-w-0 flex-1 bg-base md:border-l md:border-line">
        <div className="h-bar border-b border-line" />
        <PageSkeleton />
      </div>
    </div>
  )
}
