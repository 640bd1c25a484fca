import { useCallback, useState } from 'react'

/** The text of a live region. A no-break space makes the same sentence twice in a row be read twice. */
export function useAnnouncer(): { message: string; announce: (message: string) => void } {
  const [message, setMessage] = useState('')
  const announce = useCallback((next: string) => {
    setMessage((before) => (before === next ? `${next}\u00a0` : next))
  }, [])
  return { message, announce }
}
