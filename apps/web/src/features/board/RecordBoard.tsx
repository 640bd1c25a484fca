import type { Pipeline } from '@rapport/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useFields } from '../records/useFields.ts'
import type { RecordColumn } from '../records/useRecordColumns.tsx'
import type { RecordView } from '../records/useRecordView.ts'
import { boardQuery, type BoardView } from './api.ts'
import { CardBoard } from './CardBoard.tsx'
import { makesLanes } from './lanes.ts'
import { useFoldedLanes } from './useFoldedLanes.ts'
import { useLanes, type ShownLane } from './useLanes.ts'

type Props = {
  kind: RecordKind
  pipeline: Pipeline
  view: RecordView
  /** What a card tells beside its title. */
  shown: readonly RecordColumn[]
}

/** The records of one pipeline as cards, in lanes where the view has some. */
export function RecordBoard({ kind, pipeline, view, shown }: Props) {
  const describe = useDescribeProblem()
  const { group_by } = view.arrangement
  const found = useFields(kind.object).get(group_by ?? '')
  const field = found && makesLanes(found) ? found : null
  const { include } = kind.store
  const { filter } = view.query
  const asked = useMemo<BoardView>(
    () => ({ pipeline_id: pipeline.id, include, filter, q: view.q }),
    [pipeline.id, include, filter, view.q],
  )
  const [folded, setFolded] = useFoldedLanes(pipeline.id, field?.name)
  const board = useQuery({ ...boardQuery(asked), placeholderData: keepPreviousData, enabled: field === null })
  const inLanes = useLanes(kind, asked, field, folded)
  const { columns } = board.data ?? {}
  const whole = useMemo(() => [wholeBoard(asked, columns)], [asked, columns])
  const failed = field
    ? inLanes
    : { error: board.data ? null : board.error, retry: () => void board.refetch() }
  if (failed.error) return <ErrorState title={describe(failed.error)} onRetry={failed.retry} />
  return (
    <CardBoard
      kind={kind}
      pipeline={pipeline}
      lanes={field ? inLanes.lanes : whole}
      inLanes={field !== null}
      folded={folded}
      onFold={setFolded}
      shown={shown}
      openId={view.openId}
      onOpen={view.open}
    />
  )
}

/** Without lanes all cards stand in one. */
const wholeBoard = (view: BoardView, columns: ShownLane['columns']): Omit<ShownLane, 'lane'> => ({
  id: '',
  title: '',
  hue: null,
  count: 0,
  summary: '',
  view,
  columns,
})
