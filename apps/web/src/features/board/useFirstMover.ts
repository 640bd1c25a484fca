import type { Activity } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useStage } from '../pipelines/api.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { ListedRecord } from '../records/stores.ts'

const justNow_ms = 60_000

/** Says who has moved a card before one's own move, where to and when: its timeline knows. */
export function useFirstMover({ store }: RecordKind): (card: ListedRecord) => Promise<string> {
  const { t } = useTranslation()
  const format = useFormat()
  const stageOf = useStage()
  return useCallback(
    async (card) => {
      const stage = stageOf(String(card['stage_id']))?.name ?? ''
      // Whoever may not read it, or has just lost the connection, is told without the name.
      const recent = await store
        .disputed(card.id)
        .recent()
        .catch((): Activity[] => [])
      const first = recent.find(({ type }) => type === 'stage_changed' || type === 'updated')
      if (!first) return t('board.moved_by_other', { stage })
      const ago_ms = Date.now() - Date.parse(first.occurred_at)
      const when = ago_ms < justNow_ms ? t('board.just_now') : format.ago(first.occurred_at)
      const words = { who: first.actor.name, stage, when }
      return first.type === 'stage_changed' ? t('board.moved_by', words) : t('board.changed_by', words)
    },
    [store, t, format, stageOf],
  )
}
