import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useStage } from '../pipelines/api.ts'
import { clashOf } from '../records/conflict.ts'
import type { RecordKind } from '../records/kinds.ts'
import { sendMove, type CardPlace } from '../records/moves.ts'
import { askForStage } from '../records/stageQuestions.ts'
import type { ListedRecord } from '../records/stores.ts'
import { moveCard, patchBoards } from './api.ts'
import { refreshBoards } from './live.ts'

/**
 * Shows the card in its new place at once, and asks for what the stage needs. If one does not answer, or the move is
 * refused, it returns; then with the reason and who was first.
 */
export function useBoardMove(kind: RecordKind) {
  const { store, title } = kind
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const stageOf = useStage()

  return useCallback(
    async (card: ListedRecord, place: CardPlace, from: CardPlace): Promise<void> => {
      // Counted as the next version already, so that an older answer under way does not undo it on the screen.
      const shown = { ...card, version: card.version + 1 }
      patchBoards((board) => moveCard(board, shown, place))
      try {
        const values = await askForStage(kind, card, stageOf(place.stage_id))
        if (values === null) return patchBoards((board) => moveCard(board, card, from))
        const moved = await sendMove({ kind, record: card, place, values })
        // Somebody else may have moved it to another column, and that may be what stands.
        const stage_id = String(moved['stage_id'])
        const there = stage_id === place.stage_id ? place : { stage_id }
        patchBoards((board) => moveCard(board, { ...card, ...moved }, there))
        store.patch(card.id, (known) => ({ ...known, ...moved }))
      } catch (error) {
        const current = clashOf<ListedRecord>(error)?.current
        const stage_id = String(current?.['stage_id'])
        patchBoards((board) => moveCard(board, { ...card, ...current }, current ? { stage_id } : from))
        notify.problem(
          t('board.move_failed', { name: String(card[title]) }),
          current ? t('board.moved_by_other', { stage: stageOf(stage_id)?.name ?? '' }) : describe(error),
        )
        refreshBoards()
      }
    },
    [kind, store, title, t, describe, stageOf],
  )
}
