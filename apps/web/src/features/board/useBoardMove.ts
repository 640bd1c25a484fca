import type { Lead } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useStage } from '../pipelines/api.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { clashOf } from '../records/conflict.ts'
import { sendMove, type CardPlace } from '../records/moves.ts'
import { leadStore } from '../records/stores.ts'
import { rapport } from '../../app/rapport.ts'
import { moveCard, patchBoards } from './api.ts'
import { refreshBoards } from './live.ts'

/** Shows the card in its new place at once. If the move is refused, it returns with the reason and who was first. */
export function useBoardMove() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const stageOf = useStage()

  return useCallback(
    async (lead: Lead, place: CardPlace, from: CardPlace): Promise<void> => {
      // Counted as the next version already, so that an older answer under way does not undo it on the screen.
      const shown = { ...lead, version: lead.version + 1 }
      patchBoards((board) => moveCard(board, shown, place))
      try {
        const moved = await sendMove({
          move: rapport.leads.moveStage,
          record: lead,
          place,
          about: leadStore.disputed(lead.id),
        })
        // Somebody else may have moved it to another column, and that may be what stands.
        const there = moved.stage_id === place.stage_id ? place : { stage_id: moved.stage_id }
        patchBoards((board) => moveCard(board, moved, there))
        leadStore.patch(lead.id, (known) => ({ ...known, ...moved }))
      } catch (error) {
        const current = clashOf<Lead>(error)?.current
        patchBoards((board) =>
          moveCard(board, current ?? lead, current ? { stage_id: current.stage_id } : from),
        )
        notify.problem(
          t('board.move_failed', { name: lead.full_name }),
          current
            ? t('board.moved_by_other', { stage: stageOf(current.stage_id)?.name ?? '' })
            : describe(error),
        )
        refreshBoards()
      }
    },
    [t, describe, stageOf],
  )
}
