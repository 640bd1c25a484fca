import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Maximize2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRemembered } from '../../app/recentRecords.ts'
import { ownerOf, useMe } from '../../app/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ConvertedInto } from '../conversion/ConvertedInto.tsx'
import { ConsentSection } from '../privacy/ConsentSection.tsx'
import { DuplicateNotice } from '../duplicates/DuplicateNotice.tsx'
import type { CameFrom } from './cameFrom.ts'
import type { RecordKind } from './kinds.ts'
import { RecordBody } from './RecordBody.tsx'
import { RecordFields } from './RecordFields.tsx'
import { RecordMenu } from './RecordMenu.tsx'
import { SharedRecord } from './RecordPresence.tsx'
import { RecordTimeline } from './RecordTimeline.tsx'
import { RecordTitle } from './RecordTitle.tsx'
import { RelatedSections } from './RelatedSections.tsx'
import type { ListedRecord } from './stores.ts'
import { useChangeRecord } from './useChangeRecord.ts'
import { useKindWords } from './useKindWords.ts'
import { useTitleOf } from './useTitleOf.ts'

type Props = {
  kind: RecordKind
  id: string | null
  onClose: () => void
  /** Absent at the ends of the list, and where there is no list. */
  onNext?: (() => void) | undefined
  onPrevious?: (() => void) | undefined
  /** The list beside it. */
  from?: CameFrom | undefined
}

/** A record beside its list: the list stays usable, and Esc closes only this. */
export function RecordPanel({ kind, id, onClose, onNext, onPrevious, from }: Props) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const navigate = useNavigate()
  return (
    <Sheet
      open={id !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={wordOf(kind, 'title')}
      actions={
        id === null ? null : (
          <>
            <IconButton
              icon={ChevronUp}
              label={t('records.action.previous')}
              disabled={!onPrevious}
              onClick={onPrevious}
            />
            <IconButton
              icon={ChevronDown}
              label={t('records.action.next')}
              disabled={!onNext}
              onClick={onNext}
            />
            <IconButton
              icon={Maximize2}
              label={t('records.action.open_page')}
              onClick={() => void navigate(kind.pathOf(id), { state: from })}
            />
            <RecordMenu kind={kind} id={id} onGone={onClose} />
          </>
        )
      }
    >
      {id === null ? null : <PanelBody key={id} kind={kind} id={id} />}
    </Sheet>
  )
}

function PanelBody({ kind, id }: { kind: RecordKind; id: string }) {
  const describe = useDescribeProblem()
  const query = useQuery(kind.store.recordQuery(id))
  if (query.isError && !query.data)
    return <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
  if (!query.data) return <PanelSkeleton />
  const record = query.data
  return (
    <div className="flex flex-col gap-6 px-4 py-4">
      <RecordDetails kind={kind} record={record} />
      <RecordBody kind={kind} record={record} />
      <RelatedSections kind={kind} record={record} />
      <RecordTimeline object={kind.object} store={kind.store} id={id} readOnly={!record.can.update} />
    </div>
  )
}

/** Title and fields: the same in the panel and on the page. */
export function RecordDetails({ kind, record }: { kind: RecordKind; record: ListedRecord }) {
  const { wordOf } = useKindWords()
  const change = useChangeRecord(kind)
  useRemembered(ownerOf(useMe()), { object: kind.object, id: record.id, title: useTitleOf(kind)(record) })
  return (
    <SharedRecord object={kind.object} id={record.id}>
      <RecordTitle kind={kind} record={record} change={change} />
      {record.deleted_at === null ? null : <Banner kind="info">{wordOf(kind, 'trashed')}</Banner>}
      {kind.object === 'lead' ? <ConvertedInto lead={record} /> : null}
      <DuplicateNotice kind={kind} record={record} />
      <RecordFields kind={kind} record={record} change={change} />
      {kind.person ? (
        <ConsentSection object={kind.person} id={record.id} readOnly={!record.can.update} />
      ) : null}
    </SharedRecord>
  )
}

function PanelSkeleton() {
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <Skeleton className="h-7 w-2/3" />
      {Array.from({ length: 8 }, (_, line) => (
        <Skeleton key={line} className="h-6 w-full" />
      ))}
    </div>
  )
}
