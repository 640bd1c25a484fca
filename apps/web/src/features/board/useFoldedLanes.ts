import { useCallback, useState } from 'react'

/** The lanes that a person has folded, in this browser, for each pipeline and field. */
export function useFoldedLanes(
  pipeline_id: string,
  field: string | undefined,
): [readonly string[], (folded: readonly string[]) => void] {
  const key = `lanes.${pipeline_id}.${field ?? ''}`
  const [state, setState] = useState({ key, folded: read(key) })
  if (state.key !== key) setState({ key, folded: read(key) })
  const set = useCallback(
    (folded: readonly string[]) => {
      setState({ key, folded })
      localStorage.setItem(key, JSON.stringify(folded))
    },
    [key],
  )
  return [state.key === key ? state.folded : [], set]
}

function read(key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.map(String) : []
  } catch {
    return []
  }
}
