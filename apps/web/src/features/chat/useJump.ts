import { useMemo } from 'react'
import { useLocation, useSearchParams } from 'react-router'

export type Jump = { id: string; visit: string }

/** The message that the address names; gone to once for each time that one comes here. */
export function useJump(): Jump | null {
  const [params] = useSearchParams()
  const { key } = useLocation()
  const id = params.get('message')
  return useMemo(() => (id === null ? null : { id, visit: key }), [id, key])
}
