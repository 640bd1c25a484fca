import { loggableActivityTypes, type Activity, type FollowUp } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useMemberName } from '../members/api.ts'
import { kindOf, type StandardObject } from './kinds.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useFields } from './useFields.ts'
import { useFieldValue } from './useFieldValue.tsx'

type Change = { field: string; label: string; before: ReactNode; after: ReactNode }
type Described = { sentence: string; link?: { object: string; id: string }; changes: Change[] }

type Followed = Pick<FollowUp, 'number' | 'channel' | 'due_at'> & {
  what: 'planned' | 'moved' | 'done' | 'skipped' | 'reopened'
}

type Moved = { from?: { name?: string }; to?: { name?: string }; seconds_in_stage?: number }
/** What follows from the stage by itself. */
const byMoves = new Set(['stage_id', 'pipeline_id', 'status', 'closed_at'])

const linked = (object: unknown) => (object === 'lead' || object === 'deal' ? object : 'contact')

/** Says an activity in the reader's language, with the values before and after. */
/** @param currency that of the record, where money is told */
export function useActivityText(object: string, currency?: string): (activity: Activity) => Described {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useFieldLabel(object)
  const valueOf = useFieldValue(object, currency)
  const nameOf = useMemberName()
  const fields = useFields(object)

  const changesOf = (activity: Activity): Change[] =>
    Object.entries((activity.data['changes'] ?? {}) as Record<string, [unknown, unknown]>)
      .filter(([field]) => fields.has(field) || field.startsWith('custom.'))
      .map(([field, [before, after]]) => ({
        field,
        label: labelOf(field),
        before: valueOf(field, before),
        after: valueOf(field, after),
      }))

  const told = kindOf(object)?.own ? 'own' : (object as StandardObject)

  return (activity) => {
    const { type, data } = activity
    if (type === 'stage_changed') {
      const { from, to, seconds_in_stage: seconds } = data as Moved
      const words = { from: from?.name ?? '…', to: to?.name ?? '…' }
      return {
        sentence:
          seconds === undefined
            ? t('records.timeline.stage_changed', words)
            : t('records.timeline.stage_changed_after', { ...words, time: format.duration(seconds) }),
        // The stage is told in words; what came with the move is told like any change.
        changes: changesOf(activity).filter(({ field }) => !byMoves.has(field)),
      }
    }
    if (type === 'updated') {
      const changes = changesOf(activity)
      return {
        sentence: t('records.timeline.updated', { fields: format.list(changes.map(({ label }) => label)) }),
        changes,
      }
    }
    if (type === 'created')
      return {
        sentence: t(data['import_id'] ? 'records.timeline.imported' : 'records.timeline.created', {
          context: told,
        }),
        changes: [],
      }
    if (type === 'deleted' || type === 'restored')
      return { sentence: t(`records.timeline.${type}`, { context: told }), changes: [] }
    if (type === 'converted' || type === 'conversion_undone' || type === 'merged' || type === 'merge_undone')
      return { sentence: t(`records.timeline.${type}`), changes: [] }
    if (type === 'follow_up') {
      const { what, number, channel, due_at } = data as Followed
      const words = {
        number,
        channel: t(`followUps.channel.${channel}`),
        when: format.dateTime(due_at),
      }
      return { sentence: t(`records.timeline.follow_up_${what}`, words), changes: [] }
    }
    if (type === 'assigned')
      return {
        sentence: t('records.timeline.assigned', {
          name: nameOf(String(data['owner_id'])) ?? t('assignment.somebody'),
          rule: String(data['rule']),
        }),
        changes: [],
      }
    if (type === 'task')
      return {
        sentence: t(`records.timeline.task_${data['what'] === 'done' ? 'done' : 'reopened'}`),
        link: { object: 'task', id: String(data['id']) },
        changes: [],
      }
    if (type === 'attachment') {
      const { what, name } = data as { what: 'added' | 'replaced' | 'trashed' | 'restored'; name: string }
      return { sentence: t(`records.timeline.attachment_${what}`, { name }), changes: [] }
    }
    if (type === 'linked' || type === 'unlinked')
      return {
        sentence: t(`records.timeline.${type}`, { context: linked(data['object']) }),
        link: { object: String(data['object']), id: String(data['id']) },
        changes: [],
      }
    return loggableActivityTypes.includes(type)
      ? { sentence: t(`records.timeline.${type}`), changes: [] }
      : { sentence: type, changes: [] }
  }
}
