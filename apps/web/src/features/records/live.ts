import type { RapportEvent } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { highlight } from './highlight.ts'
import type { BaseRecord } from './recordStore.ts'

const refreshMs = 800
const refreshing = new Map<string, ReturnType<typeof setTimeout>>()

type LiveStore<Found> = {
  name: string
  has_relations: boolean
  keys: {
    lists: readonly string[]
    totals: readonly string[]
    related: readonly string[]
    record: (id: string) => readonly string[]
    timeline: (id: string) => readonly string[]
  }
  findListed: (id: string) => Found | undefined
  patch: (id: string, change: (record: Found) => Found) => void
  removeListed: (id: string) => void
}

/** Read again after a burst of events, not once for each: an import brings thousands. */
function refresh(queryKey: readonly string[]): void {
  const name = queryKey.join()
  if (refreshing.has(name)) return
  const timer = setTimeout(() => {
    refreshing.delete(name)
    void queryClient.invalidateQueries({ queryKey })
  }, refreshMs)
  refreshing.set(name, timer)
}

const refreshLists = <Found>({ keys }: LiveStore<Found>): void => refresh(keys.lists)

/** Puts what happened to a record into what is on screen. Our own changes are there already. */
export function applyRecordEvent<Found extends BaseRecord>(
  store: LiveStore<Found>,
  event: RapportEvent,
  byMe: boolean,
): void {
  const { keys, findListed, patch, removeListed } = store
  const { id, version } = event.record
  const verb = event.type.split('.')[1]
  void queryClient.invalidateQueries({ queryKey: keys.timeline(id) })
  refresh(keys.totals)
  refresh(keys.related)
  if (verb === 'created' || verb === 'restored') return refreshLists(store)
  if (verb === 'deleted') {
    removeListed(id)
    void queryClient.invalidateQueries({ queryKey: keys.record(id) })
    return
  }
  if (verb === 'erased') {
    void queryClient.invalidateQueries({ queryKey: keys.record(id) })
    return refreshLists(store)
  }
  const changed = changesOf(event)
  // What was given to somebody may have come into one's reach with that.
  if (!findListed(id) && changed.some(([field]) => field === 'owner_id')) return refreshLists(store)
  patch(id, (known) =>
    version !== null && known.version < version ? recordAfter(known, event, version) : known,
  )
  // What a relation leads to and how tags look is told by the server alone.
  const needsRead = (field: string) => askedAgain.has(field) || (store.has_relations && field.endsWith('_id'))
  if (!byMe && changed.some(([field]) => needsRead(field))) {
    void queryClient.invalidateQueries({ queryKey: keys.record(id) })
    refreshLists(store)
  }
  if (!byMe) highlight(id)
}

/** More follows from these than the event tells. */
const askedAgain: ReadonlySet<string> = new Set(['tags', 'links', 'due_at'])

/** The fields of an event's changes as they are now, without custom values and tags, of which it tells the names only. */
function fieldsAfter(event: RapportEvent): Record<string, unknown> {
  return Object.fromEntries(
    changesOf(event).filter(([field]) => !field.startsWith('custom.') && field !== 'tags'),
  )
}

const changesOf = (event: RapportEvent): [string, unknown][] =>
  Object.entries((event.data['changes'] ?? {}) as Record<string, [unknown, unknown]>).map(
    ([field, [, after]]) => [field, after],
  )

/** The record as the event leaves it. */
export function recordAfter<Found extends BaseRecord>(
  record: Found,
  event: RapportEvent,
  version: number,
): Found {
  const own = changesOf(event).filter(([field]) => field.startsWith('custom.'))
  const custom = {
    ...record.custom,
    ...Object.fromEntries(own.map(([field, after]) => [field.slice(7), after])),
  }
  return { ...record, ...fieldsAfter(event), custom, version, updated_at: event.occurred_at }
}
