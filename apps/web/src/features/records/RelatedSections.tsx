import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StagePill } from '../../ui/StagePill.tsx'
import { statusHues } from '../leads/words.ts'
import { companyKind, contactKind, type RecordKind } from './kinds.ts'
import { NewRecordDialog } from './NewRecordDialog.tsx'
import { contactLeadsQuery, ledHereQuery } from './related.ts'
import type { ListedRecord } from './stores.ts'
import { useTitleOf } from './useTitleOf.ts'

type Props = { kind: RecordKind; record: ListedRecord }

/** What a record belongs together with, from its side. */
export function RelatedSections({ kind, record }: Props) {
  const maySeeLeads = useMay('leads:read')
  const maySeeContacts = useMay('contacts:read')
  if (kind.object === 'contact') return maySeeLeads ? <ContactLeads id={record.id} /> : null
  return (
    <>
      {maySeeContacts ? (
        <LedHere kind={contactKind} by="company_id" record={record} from={kind} title="people" />
      ) : null}
      <LedHere kind={companyKind} by="parent_id" record={record} from={kind} title="subsidiaries" />
    </>
  )
}

type LedProps = {
  /** The object of the records that lead here, and by which field. */
  kind: RecordKind
  by: string
  record: ListedRecord
  from: RecordKind
  title: 'people' | 'subsidiaries'
}

function LedHere({ kind, by, record, from, title }: LedProps) {
  const { t } = useTranslation()
  const mayCreate = useMay(`${kind.many}:create`) && record.deleted_at === null
  const [creating, setCreating] = useState(false)
  const query = useQuery(ledHereQuery(kind, by, record.id))
  const titleOf = useTitleOf(kind)
  const nameOf = useTitleOf(from)
  return (
    <RelatedSection
      title={t(`records.related.${title}`)}
      empty={t(`records.related.no_${title}`)}
      loading={query.isPending}
      count={query.data?.length}
      action={
        mayCreate ? (
          <IconButton icon={Plus} label={t(`records.${kind.object}.new`)} onClick={() => setCreating(true)} />
        ) : null
      }
    >
      {query.data?.map((one) => (
        <RelatedLine
          key={one.id}
          to={kind.pathOf(one.id)}
          name={titleOf(one)}
          detail={kind.subtitleOf({ ...one, company: null })}
        />
      ))}
      {creating ? (
        <NewRecordDialog
          kind={kind}
          open
          onOpenChange={setCreating}
          onCreated={() => setCreating(false)}
          preset={{ [by]: { id: record.id, name: nameOf(record) } }}
        />
      ) : null}
    </RelatedSection>
  )
}

function ContactLeads({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useQuery(contactLeadsQuery(id))
  return (
    <RelatedSection
      title={t('records.related.leads')}
      empty={t('records.related.no_leads')}
      loading={query.isPending}
      count={query.data?.length}
    >
      {query.data?.map(({ lead, part }) => (
        <RelatedLine
          key={lead.id}
          to={paths.lead(lead.id)}
          name={lead.full_name}
          detail={part ?? lead.company_name}
          beside={<StagePill hue={statusHues[lead.status]}>{t(`leads.status.${lead.status}`)}</StagePill>}
        />
      ))}
    </RelatedSection>
  )
}

type SectionProps = {
  title: string
  empty: string
  loading: boolean
  count: number | undefined
  action?: ReactNode
  children: ReactNode
}

export function RelatedSection({ title, empty, loading, count, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <div className="flex min-h-7 items-center justify-between">
        <h2 className="text-11 font-semibold text-faint uppercase">{title}</h2>
        {action}
      </div>
      {loading ? <Skeleton className="h-8 w-full" /> : null}
      {count === 0 ? <p className="text-13 text-muted">{empty}</p> : null}
      <ul className="flex flex-col">{children}</ul>
    </section>
  )
}

type LineProps = {
  to: string
  name: string
  detail: string | null
  beside?: ReactNode
}

export function RelatedLine({ to, name, detail, beside }: LineProps) {
  return (
    <li className="-mx-2 flex items-center gap-2 rounded-base px-2 hover:bg-hover">
      <Link to={to} className="flex min-h-9 min-w-0 flex-1 flex-col justify-center py-1">
        <span className="truncate text-13">{name}</span>
        {detail ? <span className="truncate text-12 text-muted">{detail}</span> : null}
      </Link>
      {beside}
    </li>
  )
}
