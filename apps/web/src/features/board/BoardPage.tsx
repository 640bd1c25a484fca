import type { Pipeline } from '@rapport/contracts'
import { SquareKanban } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { may, useMe } from '../../app/session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/filters/FilterBar.tsx'
import { SearchBox } from '../../ui/filters/SearchBox.tsx'
import { Page } from '../../ui/Page.tsx'
import { Select } from '../../ui/Select.tsx'
import { defaultPipeline, usePipelines } from '../pipelines/api.ts'
import { kindOf, type RecordKind } from '../records/kinds.ts'
import { RecordPanel } from '../records/RecordPanel.tsx'
import { StageQuestionDialog } from '../records/StageQuestionDialog.tsx'
import { useArrangeChoices } from '../records/useArrangeChoices.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { useRecordColumns } from '../records/useRecordColumns.tsx'
import { useRecordView, type RecordView } from '../records/useRecordView.ts'
import { plain, type Arrangement } from '../views/address.ts'
import { ArrangeMenu } from '../views/ArrangeMenu.tsx'
import { useViews } from '../views/api.ts'
import type { ViewHandle } from '../views/types.ts'
import { allRecords } from '../views/useChosenView.ts'
import { ViewBar } from '../views/ViewBar.tsx'
import { CardFieldsMenu } from './CardFieldsMenu.tsx'
import { RecordBoard } from './RecordBoard.tsx'
import { useCardFields } from './useCardFields.ts'

/** The pipelines of what one may read; the one in the address is open, or else the default one. */
export function BoardPage() {
  const { t } = useTranslation()
  const me = useMe()
  const [params] = useSearchParams()
  const all = usePipelines()
  const pipelines = all.filter(({ object }) => {
    const kind = kindOf(object)
    return kind !== undefined && may(me, `${kind.many}:read`)
  })
  const pipeline = pipelines.find(({ id }) => id === params.get('pipeline')) ?? defaultPipeline(pipelines)
  const kind = kindOf(pipeline?.object ?? '')
  if (!pipeline || !kind)
    return (
      <Page layout="fill" title={t('board.title')}>
        {all.length > 0 ? (
          <ErrorState title={t('common.problem.forbidden')} />
        ) : (
          <EmptyState
            icon={SquareKanban}
            title={t('board.no_pipeline_title')}
            text={t('board.no_pipeline_text')}
          />
        )}
      </Page>
    )
  return <PipelineBoard key={kind.object} kind={kind} pipeline={pipeline} pipelines={pipelines} />
}

type PipelineProps = { kind: RecordKind; pipeline: Pipeline; pipelines: readonly Pipeline[] }

const start: Arrangement = { ...plain, layout: 'board' }

function PipelineBoard({ kind, pipeline, pipelines }: PipelineProps) {
  const { t, i18n } = useTranslation()
  const [params] = useSearchParams()
  const { wordOf, titleOf } = useKindWords()
  const view = useRecordView(kind.object, null, start)
  const handle = useBoardHandle(kind, pipeline, view)
  const views = useViews(kind.object)
  const cards = useCardFields(kind, view)
  const choices = useArrangeChoices(kind)
  const { filterFields } = useRecordColumns(kind)
  const kinds = new Set(pipelines.map(({ object }) => object))
  if (view.arrangement.layout !== 'board') return <Navigate to={asList(kind, params)} replace />
  return (
    <Page
      layout="fill"
      title={t('board.title')}
      beside={
        pipelines.length > 1 ? (
          <span className="w-44">
            <Select
              size="small"
              label={t('board.pipeline')}
              value={pipeline.id}
              options={pipelines.map(({ id, name, object }) => ({
                value: id,
                label: name,
                ...(kinds.size > 1 ? { group: titleOf(object) } : {}),
              }))}
              // What narrows the cards of one pipeline means nothing to those of another kind.
              onChange={(id) => view.startOver({ pipeline: id })}
            />
          </span>
        ) : null
      }
      toolbar={
        <>
          <ViewBar
            object={kind.object}
            all={t('views.all', { records: wordOf(kind, 'title').toLocaleLowerCase(i18n.language) })}
            views={views}
            view={handle}
            columns={cards.shownColumns}
          />
          <ArrangeMenu view={handle} sort={view.sort} onSortChange={view.setSort} {...choices} />
          <CardFieldsMenu {...cards} />
          <FilterBar
            fields={filterFields.filter(({ id }) => id !== 'stage_id' && id !== 'pipeline_id')}
            filters={view.filters}
            onChange={view.setFilters}
            grouped
          >
            <SearchBox value={view.q} onChange={view.setSearch} className="w-56" />
          </FilterBar>
        </>
      }
    >
      <RecordBoard kind={kind} pipeline={pipeline} view={view} shown={cards.shown} />
      <RecordPanel kind={kind} id={view.openId} onClose={() => view.open(null)} />
      <StageQuestionDialog />
    </Page>
  )
}

/** The board of a pipeline is where one begins, not a change of a view; saved views are at home with their records. */
function useBoardHandle(kind: RecordKind, pipeline: Pipeline, view: RecordView): ViewHandle {
  const navigate = useNavigate()
  return {
    saved: null,
    arrangement: { ...view.arrangement, pipeline_id: pipeline.id },
    changed: view.changedParts.some((part) => part !== 'pipeline_id'),
    arrange: view.arrange,
    choose: (id) =>
      id === allRecords
        ? view.startOver({ pipeline: pipeline.id })
        : void navigate(`${kind.path}?view=${id}`),
    reset: () => view.startOver({ pipeline: pipeline.id }),
  }
}

/** The same records, filters and search as a list. */
function asList(kind: RecordKind, params: URLSearchParams): string {
  const next = new URLSearchParams(params)
  next.delete('pipeline')
  next.set('view', allRecords)
  return `${kind.path}?${next}`
}
