import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'

/** Says the new page's title to screen readers: without a page load, nothing else would. */
export function RouteAnnouncer() {
  const { pathname } = useLocation()
  const [title, setTitle] = useState('')
  useEffect(() => {
    // The page sets its title in an effect of its own; one frame later it is there.
    const frame = requestAnimationFrame(() => setTitle(document.title))
    return () => cancelAnimationFrame(frame)
  }, [pathname])
  return (
    <div aria-live="polite" aria-atomic="true" className="sr-only">
      {title}
    </div>
  )
}
