import { customPrefix, relationName } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { companyKind } from './companyKind.ts'
import { contactKind } from './contactKind.ts'
import { dealKind } from './dealKind.ts'
import { DealTotals } from './DealTotals.tsx'
import { useLeadingFields } from '../custom-fields/api.ts'
import { useKinds, type RecordKind } from './kinds.ts'
import { leadKind } from './leadKind.ts'
import { LinkedContacts } from './LinkedContacts.tsx'
import { NewRecordDialog } from './NewRecordDialog.tsx'
import { RecordBadge } from './RecordBadge.tsx'
import { contactDealsQuery, contactLeadsQuery, ledHereQuery } from './related.ts'
import { RelatedLine, RelatedSection } from './RelatedSection.tsx'
import type { ListedRecord } from './stores.ts'
import { TaskSection } from '../tasks/TaskSection.tsx'
import { useTitleOf } from './useTitleOf.ts'
import { useKindWords } from './useKindWords.ts'

type Props = { kind: RecordKind; record: ListedRecord }

/** What a record belongs together with, from its side. */
export function RelatedSections({ kind, record }: Props) {
  return (
    <>
      <StandardSections kind={kind} record={record} />
      <OwnSections kind={kind} record={record} />
      {kind.object === 'task' ? null : <TaskSection object={kind.object} record={record} />}
    </>
  )
}

/** The records of any object that lead here by a field that the organization made. */
function OwnSections({ kind, record }: Props) {
  const { wordOf } = useKindWords()
  const kinds = useKinds()
  const leading = useLeadingFields(kind.object)
  return leading.map((field) => {
    const from = kinds.find(({ object }) => object === field.object)
    if (!from) return null
    const title = `${wordOf(from, 'title')} · ${field.label}`
    return (
      <LedHere
        key={field.id}
        kind={from}
        by={customPrefix + field.key}
        record={record}
        from={kind}
        title={title}
      />
    )
  })
}

function StandardSections({ kind, record }: Props) {
  const { t } = useTranslation()
  const readOnly = !record.can.update || record.deleted_at !== null
  switch (kind.object) {
    case 'lead':
    case 'deal':
      return <LinkedContacts kind={kind} id={record.id} readOnly={readOnly} />
    case 'contact':
      return (
        <>
          <LinkedHere kind={dealKind} id={record.id} query={contactDealsQuery} title="deals" />
          <LinkedHere kind={leadKind} id={record.id} query={contactLeadsQuery} title="leads" />
        </>
      )
    case 'company': {
      const here = { record, from: kind }
      return (
        <>
          <LedHere
            {...here}
            kind={contactKind}
            by="company_id"
            title={t('records.related.people')}
            empty={t('records.related.no_people')}
          />
          <LedHere
            {...here}
            kind={dealKind}
            by="company_id"
            title={t('records.related.deals')}
            empty={t('records.related.no_deals')}
            summary={<DealTotals company_id={record.id} />}
          />
          <LedHere
            {...here}
            kind={companyKind}
            by="parent_id"
            title={t('records.related.subsidiaries')}
            empty={t('records.related.no_subsidiaries')}
          />
        </>
      )
    }
    default:
      return null
  }
}

type LedProps = {
  /** The object of the records that lead here, and by which field. */
  kind: RecordKind
  by: string
  record: ListedRecord
  from: RecordKind
  title: string
  empty?: string
  /** What they come to. */
  summary?: ReactNode
}

/** For those who may see such records at all. */
function LedHere(props: LedProps) {
  return useMay(`${props.kind.many}:read`) ? <Led {...props} /> : null
}

/** More than these are seen in the list itself. */
const shownAtOnce = 5

function Led({ kind, by, record, from, title, empty, summary }: LedProps) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const mayCreate = useMay(`${kind.many}:create`) && record.deleted_at === null
  const [creating, setCreating] = useState(false)
  const query = useQuery(ledHereQuery(kind, by, record.id))
  const nameOf = useTitleOf(from)
  return (
    <RelatedSection
      title={title}
      empty={empty ?? t('records.related.none')}
      summary={summary}
      loading={query.isPending}
      count={query.data?.length}
      action={
        mayCreate ? (
          <IconButton icon={Plus} label={wordOf(kind, 'new')} onClick={() => setCreating(true)} />
        ) : null
      }
    >
      {query.data?.slice(0, shownAtOnce).map((one) => (
        <RecordLine key={one.id} kind={kind} record={{ ...one, company: null }} />
      ))}
      {(query.data?.length ?? 0) > shownAtOnce ? (
        <li>
          <Link
            to={listPath(kind, by, from, nameOf(record))}
            className="text-12 text-accent-ink hover:underline"
          >
            {t('records.related.all', { count: query.data?.length ?? 0 })}
          </Link>
        </li>
      ) : null}
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

/** The list of all that lead to a record, filtered as one would do it by hand. */
function listPath(kind: RecordKind, by: string, from: RecordKind, name: string): string {
  const filters = [{ field: `${relationName(by)}.${from.title}`, op: 'eq', value: name }]
  return `${kind.path}?${new URLSearchParams({ filters: JSON.stringify(filters) })}`
}

type LinkedProps = {
  kind: RecordKind
  id: string
  query: typeof contactLeadsQuery
  title: 'leads' | 'deals'
}

/** What a contact has a part in, for those who may see such records at all. */
function LinkedHere(props: LinkedProps) {
  return useMay(`${props.kind.many}:read`) ? <Linked {...props} /> : null
}

function Linked({ kind, id, query: queryOf, title }: LinkedProps) {
  const { t } = useTranslation()
  const query = useQuery(queryOf(id))
  return (
    <RelatedSection
      title={t(`records.related.${title}`)}
      empty={t(`records.related.no_part_${title}`)}
      loading={query.isPending}
      count={query.data?.length}
    >
      {query.data?.map(({ record, part }) => (
        <RecordLine key={record.id} kind={kind} record={record} part={part} />
      ))}
    </RelatedSection>
  )
}

type RecordLineProps = { kind: RecordKind; record: ListedRecord; part?: string | null }

/** A record of a list beside another one: what it is called, what it is worth, how far it is. */
function RecordLine({ kind, record, part = null }: RecordLineProps) {
  const format = useFormat()
  const titleOf = useTitleOf(kind)
  const value = record[kind.staged?.value ?? '']
  const worth = typeof value === 'number' ? format.money(value, String(record['currency'])) : null
  return (
    <RelatedLine
      to={kind.pathOf(record.id)}
      name={titleOf(record)}
      detail={[part, worth ?? kind.subtitleOf(record)].filter(Boolean).join(' · ') || null}
      beside={<RecordBadge kind={kind} value={record[kind.badge ?? '']} />}
    />
  )
}
