import { useCallback, useState } from 'react'
import { entryKinds } from './entryKinds.ts'
import type { TimelineAsked } from './api.ts'
import type { KindName } from './types.ts'

/** Objects whose timeline can tell that of others. */
const withOthers = new Set(['company', 'contact', 'lead', 'deal'])

/** What a person wants to see on timelines of an object: kept in this browser. None chosen stands for all kinds. */
export function useTimelineChoice(object: string) {
  const key = `timeline.${object}.related`
  const [kinds, setKinds] = useState<readonly KindName[]>([])
  const mayRelate = withOthers.has(object)
  // A company is little without its people and deals.
  const [related, setRelated] = useState(
    () => (localStorage.getItem(key) ?? String(object === 'company')) === 'true',
  )
  const relate = useCallback(
    (on: boolean) => {
      setRelated(on)
      localStorage.setItem(key, String(on))
    },
    [key],
  )
  const types = entryKinds.filter(({ name }) => kinds.includes(name)).flatMap((kind) => kind.types)
  const asked: TimelineAsked = {
    ...(types.length > 0 ? { types: types.join() } : {}),
    ...(mayRelate && related ? { related: 'true' } : {}),
  }
  return { kinds, setKinds, mayRelate, related: mayRelate && related, relate, asked }
}

export type TimelineChoice = ReturnType<typeof useTimelineChoice>
