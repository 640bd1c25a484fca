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
import { valuesOf, withLane, type Lane } from './lanes.ts'
import { refreshBoards } from './live.ts'
import { useFirstMover } from './useFirstMover.ts'

/** A lane is told where the card leaves its own. */
export type LanePlace = CardPlace & { lane?: Lane | undefined }

/**
 * Shows the card in its new place at once, and asks for what the stage needs. If one does not answer, or the move is
 * refused, it returns; then with the reason. Of two who move it at once the first has it, and the other is told who
 * that was.
 */
export function useBoardMove(kind: RecordKind) {
  const { store, title } = kind
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const stageOf = useStage()
  const tellFirst = useFirstMover(kind)

  return useCallback(
    async (card: ListedRecord, { lane, ...place }: LanePlace, from: CardPlace): Promise<void> => {
      const show = (shown: ListedRecord, at: CardPlace) =>
        patchBoards((board, view) => moveCard(board, shown, at, view))
      // Counted as the next version already, so that an older answer under way does not undo it on the screen.
      const next = { ...card, version: card.version + 1 }
      show(lane ? withLane(next, lane) : next, place)
      try {
        const asked = await askForStage(kind, card, stageOf(place.stage_id))
        if (asked === null) return show(card, from)
        const values = { ...asked, ...(lane ? valuesOf(lane) : {}) }
        const moved = await sendMove({ kind, record: card, place, values, firstWins: true })
        show({ ...card, ...moved }, place)
        store.patch(card.id, (known) => ({ ...known, ...moved }))
      } catch (error) {
        const current = clashOf<ListedRecord>(error)?.current
        show({ ...card, ...current }, current ? { stage_id: String(current['stage_id']) } : from)
        refreshBoards()
        const why = current ? await tellFirst({ ...card, ...current }) : describe(error)
        notify.problem(t('board.move_failed', { name: String(card[title]) }), why)
      }
    },
    [kind, store, title, t, describe, stageOf, tellFirst],
  )
}
