import type { RapportEvent } from '@rapport/contracts'
import { queryClient } from '../../app/queryClient.ts'
import { allKinds } from '../records/kinds.ts'
import { tagsQuery } from './api.ts'

/** A tag that looks different, or is gone, does so on every record; a new one is on none that is not told by itself. */
export function applyTagEvent(event: RapportEvent): void {
  void queryClient.invalidateQueries({ queryKey: tagsQuery.queryKey })
  if (event.type === 'tag.created') return
  for (const { store } of allKinds()) void queryClient.invalidateQueries({ queryKey: store.keys.all })
}
