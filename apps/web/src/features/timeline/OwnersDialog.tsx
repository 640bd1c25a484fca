import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { everybodyQuery } from '../members/api.ts'
import { ownersQuery } from './api.ts'

type Props = { record: { object: string; id: string }; title: string; onClose: () => void }

/** Whose the record has been, from when to when, and who or what rule gave it. */
export function OwnersDialog({ record, title, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const { data: spans, error, refetch } = useQuery(ownersQuery(record))
  // With those who have left.
  const { data: members = [] } = useQuery(everybodyQuery)
  const nameOf = (id: string) =>
    members.find(({ user_id }) => user_id === id)?.full_name ?? t('timeline.owners.somebody')
  return (
    <Dialog open onOpenChange={onClose} title={t('timeline.owners.title')} description={title}>
      {error ? <ErrorState title={describe(error)} onRetry={() => void refetch()} /> : null}
      {!spans && !error ? <Skeleton className="h-24 w-full" /> : null}
      <ol className="flex flex-col pb-2">
        {spans?.map(({ owner_id, from, to, by, rule }) => {
          const name = owner_id === null ? t('timeline.owners.nobody') : nameOf(owner_id)
          const when = { from: format.dateTime(from), to: to === null ? '' : format.dateTime(to) }
          return (
            <li key={`${from} ${owner_id}`} className="flex gap-3 border-b border-line py-2.5 last:border-0">
              {owner_id === null ? (
                <span
                  aria-hidden
                  className="size-6 shrink-0 rounded-full border border-dashed border-line-strong"
                />
              ) : (
                <Avatar name={name} size={24} decorative />
              )}
              <span className="flex min-w-0 flex-1 flex-col gap-0.5">
                <span className="truncate text-13 font-medium">{name}</span>
                <span className="text-12 text-muted tabular">
                  {t(to === null ? 'timeline.owners.since' : 'timeline.owners.span', when)}
                </span>
                {rule !== null ? (
                  <span className="text-12 text-muted">{t('timeline.owners.by_rule', { rule })}</span>
                ) : by ? (
                  <span className="text-12 text-muted">{t('timeline.owners.by', { name: by.name })}</span>
                ) : null}
              </span>
            </li>
          )
        })}
      </ol>
    </Dialog>
  )
}
