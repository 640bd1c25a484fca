import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { loginPath } from './paths.ts'
import { onSessionEnd } from './sessionEnd.ts'

/** When the session ends under one's hands, the log-in page leads back to the same place. */
export function useSessionEnd(): void {
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  useEffect(() => {
    // Everything on screen is refused now, and each refusal says so: the way out is taken once.
    let out = false
    return onSessionEnd(() => {
      if (out) return
      out = true
      void navigate(loginPath(pathname + search, 'ended'), { replace: true })
    })
  }, [navigate, pathname, search])
}
