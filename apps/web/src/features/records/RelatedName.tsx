import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import { leadStore } from '../leads/api.ts'
import { companyStore, contactStore } from './stores.ts'

const titles = { lead: 'full_name', contact: 'full_name', company: 'name' } as const
const stores = { lead: leadStore, contact: contactStore, company: companyStore }

type Props = { object: string; id: string; linked?: boolean }

/** What another record is called; one that is out of reach or gone is only said to be one. */
export function RelatedName({ object, id, linked = false }: Props) {
  const { t } = useTranslation()
  const known = object in titles ? (object as keyof typeof titles) : 'lead'
  const { data } = useQuery<object>({
    ...(stores[known].recordQuery(id) as object),
    queryKey: [...stores[known].keys.record(id)],
    retry: false,
  })
  const title = (data as Record<string, unknown> | undefined)?.[titles[known]]
  if (typeof title !== 'string') return <>{t('records.unknown')}</>
  return linked ? (
    <Link to={recordPath(object, id)} className="underline decoration-line-strong underline-offset-3">
      {title}
    </Link>
  ) : (
    <>{title}</>
  )
}
