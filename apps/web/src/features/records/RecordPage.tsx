import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { IconButton } from '../../ui/IconButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { cameFromIn } from './cameFrom.ts'
import type { RecordKind } from './kinds.ts'
import { RecordBody } from './RecordBody.tsx'
import { RecordMenu } from './RecordMenu.tsx'
import { RecordDetails } from './RecordPanel.tsx'
import { RecordTimeline } from './RecordTimeline.tsx'
import { RelatedSections } from './RelatedSections.tsx'
import { StageQuestionDialog } from './StageQuestionDialog.tsx'
import { useKindWords } from './useKindWords.ts'
import { useTitleOf } from './useTitleOf.ts'

/** A record by its link. Its loader has fetched it, so there is always one to show. */
export function RecordPage({ kind }: { kind: RecordKind }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { id = '' } = useParams()
  const { data: record } = useSuspenseQuery(kind.store.recordQuery(id))
  const titleOf = useTitleOf(kind)
  const { wordOf } = useKindWords()
  const { state } = useLocation()
  const from = cameFromIn(state)
  const list = `${kind.path}${from.search}`
  const step = (by: number) => {
    const at = from.ids.indexOf(id)
    const other = at === -1 ? undefined : from.ids[at + by]
    // Going through records one after the other adds nothing to the history.
    return other === undefined ? undefined : () => void navigate(kind.pathOf(other), { state, replace: true })
  }
  const [previous, next] = [step(-1), step(1)]
  useHotkeys(
    [
      {
        keys: 'k',
        label: t('records.action.previous'),
        group: wordOf(kind, 'title'),
        run: () => previous?.(),
      },
      { keys: 'j', label: t('records.action.next'), group: wordOf(kind, 'title'), run: () => next?.() },
    ],
    from.ids.length > 1,
  )
  return (
    <Page
      title={titleOf(record)}
      within={{ label: wordOf(kind, 'title'), to: list }}
      layout="fill"
      actions={
        <>
          {from.ids.length > 1 ? (
            <>
              <IconButton
                icon={ChevronUp}
                label={t('records.action.previous')}
                disabled={!previous}
                onClick={previous}
              />
              <IconButton
                icon={ChevronDown}
                label={t('records.action.next')}
                disabled={!next}
                onClick={next}
              />
            </>
          ) : null}
          <RecordMenu kind={kind} id={id} onGone={() => void navigate(list)} />
        </>
      }
    >
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] overflow-y-auto md:grid-cols-[22rem_1fr] md:overflow-hidden xl:grid-cols-[22rem_1fr_20rem]">
        <aside
          aria-label={t('records.section.details')}
          className="flex flex-col gap-6 border-line px-4 py-4 md:overflow-y-auto md:border-r"
        >
          <RecordDetails kind={kind} record={record} />
          <div className="flex flex-col gap-6 xl:hidden">
            <RelatedSections kind={kind} record={record} />
          </div>
        </aside>
        <div className="min-w-0 px-4 py-4 md:overflow-y-auto md:px-8">
          <div className="flex max-w-2xl flex-col gap-6">
            <RecordBody kind={kind} record={record} />
            <RecordTimeline object={kind.object} store={kind.store} id={id} readOnly={!record.can.update} />
          </div>
        </div>
        <aside
          aria-label={t('records.section.related')}
          className="hidden flex-col gap-6 overflow-y-auto border-l border-line px-4 py-4 xl:flex"
        >
          <RelatedSections kind={kind} record={record} />
        </aside>
      </div>
      <StageQuestionDialog />
    </Page>
  )
}
