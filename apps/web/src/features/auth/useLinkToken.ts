import { useState } from 'react'

/**
 * The token behind the # of a mailed link. It is taken out of the address bar, so that it is in no history and in no
 * copied address.
 */
export function useLinkToken(): string | null {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'))
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
