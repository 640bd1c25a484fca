import type { Lead } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useStage } from '../pipelines/api.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { rapport } from '../../app/rapport.ts'
import { patchLead } from '../leads/api.ts'
import { clashOf, onTopOfOthers } from '../leads/conflict.ts'
import { moveCard, patchBoards, type CardPlace } from './api.ts'
import { refreshBoards } from './live.ts'

/** Shows the card in its new place at once. If the move is refused, it returns with the reason and who was first. */
export function useBoardMove() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const stageOf = useStage()

  return useCallback(
    async (lead: Lead, place: CardPlace, from: CardPlace): Promise<void> => {
      patchBoards((board) => moveCard(board, lead, place))
      try {
        const moved = await onTopOfOthers(lead.version, ['stage_id'], (version) =>
          rapport.leads.moveStage({
            params: { id: lead.id },
            body: { ...place, version: version ?? lead.version },
          }),
        )
        patchBoards((board) => moveCard(board, moved, place))
        patchLead(lead.id, () => moved)
      } catch (error) {
        const current = clashOf(error)?.current
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
