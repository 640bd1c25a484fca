import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { ME_KEY } from './rapport.ts'
import { loginPath } from './paths.ts'
import { queryClient } from './queryClient.ts'
import { onSessionEnd } from './sessionEnd.ts'

/** When the session ends under one's hands, the log-in page leads back to the same place. */
export function useSessionEnd(): void {
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  useEffect(
    () =>
      onSessionEnd(() => {
        queryClient.removeQueries({ queryKey: ME_KEY })
        void navigate(loginPath(pathname + search, 'ended'), { replace: true })
      }),
    [navigate, pathname, search],
  )
}
