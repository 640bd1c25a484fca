import { InfiniteQueryObserver } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { queryClient } from '../../app/queryClient.ts'
import type { RecordView } from './recordStore.ts'
import type { RecordStore } from './stores.ts'

const observe = (store: RecordStore, view: RecordView) =>
  new InfiniteQueryObserver(queryClient, { ...store.listQuery(view), placeholderData: undefined })
export type GroupPages = ReturnType<ReturnType<typeof observe>['getCurrentResult']>

/** The pages of several lists at once, by name: as many lists as groups are open. */
export function useGroupPages(
  store: RecordStore,
  views: ReadonlyMap<string, RecordView>,
): ReadonlyMap<string, GroupPages> {
  const observers = useMemo(
    () => new Map([...views].map(([name, view]) => [name, observe(store, view)])),
    [store, views],
  )
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = [...observers.values()].map((observer) => observer.subscribe(changed))
      return () => {
        for (const end of ends) end()
      }
    },
    [observers],
  )
  const last = useRef<ReadonlyMap<string, GroupPages>>(new Map())
  const read = useCallback(() => {
    const now = new Map([...observers].map(([name, observer]) => [name, observer.getCurrentResult()]))
    const is_same =
      now.size === last.current.size && [...now].every(([name, pages]) => last.current.get(name) === pages)
    if (!is_same) last.current = now
    return last.current
  }, [observers])
  return useSyncExternalStore(subscribe, read)
}
