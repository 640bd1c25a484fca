import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { companyKind } from './companyKind.ts'
import { contactKind } from './contactKind.ts'
import type { RecordKind } from './kinds.ts'
import { LeadContacts } from './LeadContacts.tsx'
import { leadKind } from './leadKind.ts'
import { NewRecordDialog } from './NewRecordDialog.tsx'
import { RecordBadge } from './RecordBadge.tsx'
import { contactLeadsQuery, ledHereQuery } from './related.ts'
import { RelatedLine, RelatedSection } from './RelatedSection.tsx'
import type { ListedRecord } from './stores.ts'
import { useTitleOf } from './useTitleOf.ts'

type Props = { kind: RecordKind; record: ListedRecord }

/** What a record belongs together with, from its side. */
export function RelatedSections({ kind, record }: Props) {
  switch (kind.object) {
    case 'lead':
      return <LeadContacts id={record.id} readOnly={!record.can.update || record.deleted_at !== null} />
    case 'contact':
      return <ContactLeads id={record.id} />
    case 'company':
      return (
        <>
          <LedHere kind={contactKind} by="company_id" record={record} from={kind} title="people" />
          <LedHere kind={companyKind} by="parent_id" record={record} from={kind} title="subsidiaries" />
        </>
      )
  }
}

type LedProps = {
  /** The object of the records that lead here, and by which field. */
  kind: RecordKind
  by: string
  record: ListedRecord
  from: RecordKind
  title: 'people' | 'subsidiaries'
}

/** For those who may see such records at all. */
function LedHere(props: LedProps) {
  return useMay(`${props.kind.many}:read`) ? <Led {...props} /> : null
}

function Led({ kind, by, record, from, title }: LedProps) {
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
  return useMay('leads:read') ? <LeadsOf id={id} /> : null
}

function LeadsOf({ id }: { id: string }) {
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
          to={leadKind.pathOf(lead.id)}
          name={lead.full_name}
          detail={part ?? lead.company_name}
          beside={<RecordBadge kind={leadKind} value={lead.status} />}
        />
      ))}
    </RelatedSection>
  )
}
