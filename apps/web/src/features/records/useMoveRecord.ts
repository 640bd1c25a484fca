import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useStage } from '../pipelines/api.ts'
import { clashOf } from './conflict.ts'
import type { RecordKind } from './kinds.ts'
import { sendMove } from './moves.ts'
import { askForStage } from './stageQuestions.ts'
import type { ListedRecord } from './stores.ts'

/**
 * Moves a record to a stage, shown at once. When someone else moved it meanwhile, the person chooses; until then theirs
 * stands.
 */
export function useMoveRecord(kind: RecordKind): (record: ListedRecord, stage_id: string) => Promise<void> {
  const { store, title } = kind
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const stageOf = useStage()
  return useCallback(
    async (record, stage_id) => {
      const values = await askForStage(kind, record, stageOf(stage_id))
      if (values === null) return
      store.patch(record.id, (known) => ({ ...known, stage_id }))
      try {
        const moved = await sendMove({ kind, record, place: { stage_id }, values })
        store.patch(record.id, (known) => ({ ...known, ...moved }))
        void queryClient.invalidateQueries({ queryKey: store.keys.timeline(record.id) })
      } catch (error) {
        const clash = clashOf<ListedRecord>(error)
        store.patch(record.id, (known) => ({ ...known, ...(clash?.current ?? record) }))
        const text = clash
          ? t('board.moved_by_other', { stage: stageOf(String(clash.current['stage_id']))?.name ?? '' })
          : describe(error)
        notify.problem(t('board.move_failed', { name: String(record[title]) }), text)
        throw new Error(text, { cause: error })
      }
    },
    [kind, store, title, t, describe, stageOf],
  )
}
