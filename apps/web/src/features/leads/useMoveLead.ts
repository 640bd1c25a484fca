import type { BodyInput, Lead, operations } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useStage } from '../pipelines/api.ts'
import { leadKeys, patchLead } from './api.ts'
import { clashOf, onTopOfOthers } from '../records/conflict.ts'

export type StageMove = Omit<BodyInput<typeof operations.leads.moveStage>, 'version'>

/**
 * Moves a lead to a stage, shown at once. When someone else moved the same card meanwhile, theirs stands and ours is
 * told; a change of other fields is no reason to refuse. Answers whether it was done.
 */
export function useMoveLead() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const stageOf = useStage()
  return useCallback(
    async (lead: Lead, move: StageMove): Promise<Lead | null> => {
      patchLead(lead.id, (known) => ({ ...known, stage_id: move.stage_id }))
      try {
        const moved = await onTopOfOthers(lead.version, ['stage_id'], (version) =>
          rapport.leads.moveStage({
            params: { id: lead.id },
            body: { ...move, version: version ?? lead.version },
          }),
        )
        queryClient.setQueryData(leadKeys.record(lead.id), moved)
        patchLead(lead.id, () => moved)
        void queryClient.invalidateQueries({ queryKey: leadKeys.timeline(lead.id) })
        return moved
      } catch (error) {
        const clash = clashOf<Lead>(error)
        patchLead(lead.id, () => clash?.current ?? lead)
        notify.problem(
          t('board.move_failed', { name: lead.full_name }),
          clash
            ? t('board.moved_by_other', { stage: stageOf(clash.current.stage_id)?.name ?? '' })
            : describe(error),
        )
        return null
      }
    },
    [t, describe, stageOf],
  )
}
