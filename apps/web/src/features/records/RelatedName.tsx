import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { kindOf, type RecordKind } from './kinds.ts'

type Props = { object: string; id: string; linked?: boolean }

/** What another record is called; one that is out of reach or gone is only said to be one. */
export function RelatedName({ object, ...props }: Props) {
  const { t } = useTranslation()
  const kind = kindOf(object)
  return kind ? <KnownName kind={kind} {...props} /> : <>{t('records.unknown')}</>
}

function KnownName({ kind, id, linked = false }: Omit<Props, 'object'> & { kind: RecordKind }) {
  const { t } = useTranslation()
  const { data, isPending } = useQuery({ ...kind.store.namedQuery(id), retry: false })
  if (isPending) return <Skeleton className="inline-block h-3 w-24 align-middle" />
  const title = data?.[kind.title]
  if (typeof title !== 'string') return <>{t('records.unknown')}</>
  return linked ? (
    <Link to={kind.pathOf(id)} className="underline decoration-line-strong underline-offset-3">
      {title}
    </Link>
  ) : (
    <>{title}</>
  )
}
