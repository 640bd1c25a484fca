import { useEffect, useRef } from 'react'

/** For a field that appears because someone asked for it: the next key belongs to it. */
export function useFocusOnMount() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return field
}
