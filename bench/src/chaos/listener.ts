/** A client that follows the events across every reconnect and keeps what it was told, in that order. */
import type { RapportEvent } from '@rapport/contracts'
import { connectRealtime } from '@rapport/sdk'
import type { Account } from './account.ts'

export type Listener = {
  told: Pick<RapportEvent, 'seq' | 'id'>[]
  /** How often it was told to load anew instead of getting what it missed. */
  refetches: () => number
  connections: () => number
  isLive: () => boolean
  close: () => void
}

export function listen(url: string, { organization_id, token }: Account): Listener {
  const told: Listener['told'] = []
  let refetches = 0
  let connections = 0
  let isLive = false
  const client = connectRealtime({
    url,
    organization_id,
    token,
    since: 0,
    onEvent: ({ seq, id }) => told.push({ seq, id }),
    onReady: () => (connections += 1),
    onRefetch: () => (refetches += 1),
    onState: (state) => (isLive = state === 'live'),
  })
  return {
    told,
    refetches: () => refetches,
    connections: () => connections,
    isLive: () => isLive,
    close: client.close,
  }
}
