import {
  auditActions,
  auditActorKinds,
  auditCategories,
  auditObjects,
  auditOutcomes,
  type AuditEntry,
} from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComboboxOption } from '../../ui/Combobox.tsx'
import type { FilterField } from '../../ui/filters/types.ts'
import { useMembers } from '../members/api.ts'

/** What the log can be narrowed to; records are those of the entries at hand. */
export function useAuditFilters(entries: readonly AuditEntry[]): FilterField[] {
  const { t } = useTranslation()
  const members = useMembers()
  return useMemo(() => {
    const people = new Map<string, ComboboxOption>()
    for (const { user_id, full_name } of members)
      people.set(user_id, { value: user_id, label: full_name, avatar: 'person' })
    const records = new Map<string, ComboboxOption>()
    for (const { actor, object, record_id, record_name } of entries) {
      if (actor.id && actor.name && !people.has(actor.id))
        people.set(actor.id, { value: actor.id, label: actor.name, detail: t(`audit.kind.${actor.kind}`) })
      if (record_id && record_name && object !== 'session')
        records.set(record_id, { value: record_id, label: record_name })
    }
    const choice = (id: FilterId, options: ComboboxOption[]): FilterField => ({
      id,
      label: t(`audit.filter.${id}`),
      type: id === 'actor_id' ? 'user' : 'select',
      options,
    })
    return [
      { id: 'occurred_at', label: t('audit.filter.occurred_at'), type: 'date' },
      choice('actor_id', [...people.values()]),
      choice(
        'action',
        auditActions.map((value) => ({ value, label: t(`audit.action.${value}`) })).toSorted(byLabel),
      ),
      choice(
        'object',
        auditObjects.map((value) => ({ value, label: t(`audit.object.${value}`) })).toSorted(byLabel),
      ),
      choice('record_id', [...records.values()]),
      choice(
        'category',
        auditCategories.map((value) => ({ value, label: t(`audit.category.${value}`) })),
      ),
      choice(
        'outcome',
        auditOutcomes.map((value) => ({ value, label: t(`audit.outcome.${value}`) })),
      ),
      choice(
        'actor_kind',
        auditActorKinds.map((value) => ({ value, label: t(`audit.kind.${value}`) })),
      ),
    ]
  }, [t, members, entries])
}

type FilterId = 'actor_id' | 'actor_kind' | 'action' | 'object' | 'record_id' | 'category' | 'outcome'

const byLabel = (a: ComboboxOption, b: ComboboxOption) => a.label.localeCompare(b.label)
