import type { Lead, RapportEvent } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'
import { queryClient } from '../../app/queryClient.ts'
import { findListedLead, leadKeys, patchLead, removeListedLead } from './api.ts'

const highlightMs = 2_000
const refreshMs = 800

let highlighted: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()
let refreshing: ReturnType<typeof setTimeout> | undefined

function publish(next: ReadonlySet<string>): void {
  highlighted = next
  for (const listener of listeners) listener()
}

/** Leads that somebody else changed a moment ago: they get a soft highlight. */
export function useHighlightedLeads(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => highlighted,
  )
}

function highlight(id: string): void {
  publish(new Set([...highlighted, id]))
  setTimeout(() => publish(new Set([...highlighted].filter((known) => known !== id))), highlightMs)
}

/** Lists are read again after a burst of events, not once for each: an import brings thousands. */
function refreshLists(): void {
  refreshing ??= setTimeout(() => {
    refreshing = undefined
    void queryClient.invalidateQueries({ queryKey: leadKeys.lists })
  }, refreshMs)
}

/** Puts what happened to a lead into what is on screen. Our own changes are there already. */
export function applyLeadEvent(event: RapportEvent, byMe: boolean): void {
  const { id, version } = event.record
  void queryClient.invalidateQueries({ queryKey: leadKeys.timeline(id) })
  if (event.type === 'lead.created' || event.type === 'lead.restored') return refreshLists()
  if (event.type === 'lead.deleted') {
    removeListedLead(id)
    void queryClient.invalidateQueries({ queryKey: leadKeys.record(id) })
    return
  }
  if (event.type === 'lead.erased') {
    void queryClient.invalidateQueries({ queryKey: leadKeys.record(id) })
    return refreshLists()
  }
  // A lead that was given to somebody may have come into one's reach with that.
  if (!findListedLead(id) && changesOf(event).some(([field]) => field === 'owner_id')) return refreshLists()
  patchLead(id, (lead) => (version !== null && lead.version < version ? applied(lead, event, version) : lead))
  if (!byMe) highlight(id)
}

/** The fields of an event's changes as they are now, without custom values. */
export function fieldsAfter(event: RapportEvent): Partial<Lead> {
  return Object.fromEntries(changesOf(event).filter(([field]) => !field.startsWith('custom.')))
}

const changesOf = (event: RapportEvent): [string, unknown][] =>
  Object.entries((event.data['changes'] ?? {}) as Record<string, [unknown, unknown]>).map(
    ([field, [, after]]) => [field, after],
  )

function applied(lead: Lead, event: RapportEvent, version: number): Lead {
  const own = changesOf(event).filter(([field]) => field.startsWith('custom.'))
  const custom = {
    ...lead.custom,
    ...Object.fromEntries(own.map(([field, after]) => [field.slice(7), after])),
  }
  return { ...lead, ...fieldsAfter(event), custom, version, updated_at: event.occurred_at }
}
