import { useCallback, useMemo, useState } from 'react'
import type { RecordView } from '../records/recordStore.ts'
import type { Chosen } from './api.ts'

export type Selection = ReturnType<typeof useSelection>

const nothing: ReadonlySet<string> = new Set()

/**
 * Records that are ticked one by one, or all that a view finds, loaded or not. Another view begins with none: what is
 * selected is always on the screen or said in words.
 */
export function useSelection(view: RecordView, loaded: readonly { id: string }[], total: number | undefined) {
  const { filter, q, trashed } = view
  const shownView = JSON.stringify([filter, q, trashed])
  const [kept, keep] = useState({ of: shownView, ticked: nothing, everything: false })
  const { ticked, everything } = kept.of === shownView ? kept : { ticked: nothing, everything: false }

  const shown = useMemo(
    () => (everything ? new Set(loaded.map(({ id }) => id)) : ticked),
    [everything, loaded, ticked],
  )
  const allLoaded = loaded.length > 0 && loaded.every(({ id }) => shown.has(id))
  const chosen: Chosen = everything
    ? { filter: { ...(filter ?? { and: [] }) }, ...(q ? { q } : {}) }
    : { ids: [...ticked] }
  const set = useCallback(
    (next: ReadonlySet<string>) => keep({ of: shownView, ticked: next, everything: false }),
    [shownView],
  )

  return {
    /** What the table shows as ticked. */
    shown,
    count: everything ? Math.max(total ?? 0, loaded.length) : ticked.size,
    everything,
    /** More are found than are loaded and ticked: all of them can be meant. */
    mayWiden: !everything && allLoaded && total !== undefined && total > loaded.length,
    chosen,
    set,
    widen: () => keep({ of: shownView, ticked: nothing, everything: true }),
    clear: () => set(nothing),
  }
}
