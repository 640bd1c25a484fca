import { useEffect, useState } from 'react'

const tick_ms = 20_000

/** The time, kept to within a third of a minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tick_ms)
    return () => clearInterval(timer)
  }, [])
  return now
}
