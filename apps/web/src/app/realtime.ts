import type { RapportEvent } from '@rapport/contracts'
import type { Realtime, RealtimeState } from '@rapport/sdk'
import { useEffect, useRef } from 'react'
import { reportMaintenance, reportRealtime } from './connection.ts'
import { followThrough, forgetTyping, reportTyping } from './followed.ts'
import { readPeopleAgain, reportPeople, tellWhetherHere } from './people.ts'
import { forgetPresence, reportPresence, viewThrough } from './presence.ts'
import { noticeEndedMembership } from './membershipEnd.ts'
import { queryClient } from './queryClient.ts'
import { ME_KEY } from './rapport.ts'
import { noticeEndedSession } from './sessionEnd.ts'
import { useMe } from './session.ts'

type Listener = (event: RapportEvent) => void

/** Each feature hears all events and picks its own; it decides what of its cache they change. */
const listeners = new Set<Listener>()

/** The open connection, for pages that show one record. Resolves when the code for it has arrived. */
let connection: Promise<Realtime> | null = null

/** Whatever was read before the connection stood may have changed unseen. */
function readAgain(): void {
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'meta' })
}

function reportState(state: RealtimeState, wasLive: boolean): void {
  if (state === 'live') reportRealtime('live')
  else reportRealtime(wasLive || state === 'offline' ? 'reconnecting' : 'connecting')
}

async function connect(organization_id: string): Promise<Realtime> {
  // Loaded on its own: the first paint does not wait for the code of the socket.
  const { connectRealtime } = await import('@rapport/sdk/realtime')
  let wasLive = false
  return connectRealtime({
    url: '',
    organization_id,
    onEvent: (event) => {
      for (const listener of listeners) listener(event)
    },
    onState: (state) => {
      reportState(state, wasLive)
      if (state !== 'live') {
        forgetPresence()
        forgetTyping()
      }
      wasLive ||= state === 'live'
    },
    onReady: () => {
      if (!wasLive) readAgain()
      // Who came and went meanwhile was not told.
      else readPeopleAgain()
    },
    onRefetch: readAgain,
    onMaintenance: reportMaintenance,
    onPresence: reportPresence,
    onTyping: reportTyping,
    onPeople: reportPeople,
    onRefused: ({ status, code }) => {
      if (status === 401) noticeEndedSession()
      else if (code === 'not_a_member') noticeEndedMembership()
      else void queryClient.invalidateQueries({ queryKey: ME_KEY })
    },
  })
}

/** Holds the connection of the organization on screen. Belongs once into the shell. */
export function useRealtimeConnection(): void {
  const { organization, features } = useMe()
  const organization_id = organization.id
  const wanted = features.realtime
  useEffect(() => {
    if (!wanted) return
    reportRealtime('connecting')
    const opening = connect(organization_id)
    connection = opening
    const retry = () => void opening.then((realtime) => realtime.retry())
    addEventListener('online', retry)
    let leave: (() => void) | null = null
    opening.then(
      (realtime) => {
        if (connection !== opening) return
        viewThrough(realtime)
        followThrough(realtime)
        leave = tellWhetherHere(realtime)
      },
      () => reportRealtime('reconnecting'),
    )
    return () => {
      removeEventListener('online', retry)
      connection = null
      leave?.()
      viewThrough(null)
      followThrough(null)
      reportRealtime('idle')
      opening.then(
        (realtime) => realtime.close(),
        () => undefined,
      )
    }
  }, [organization_id, wanted])
}

/** Hears every event while mounted. */
export function useEvents(listener: Listener): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const hear: Listener = (event) => latest.current(event)
    listeners.add(hear)
    return () => {
      listeners.delete(hear)
    }
  }, [])
}

/** Tells the server that this record is on screen, so that what happens to it alone is sent here too. */
export function useOpenRecord(object: string, id: string): void {
  useEffect(() => {
    const closing = connection?.then((realtime) => realtime.open({ object, id }))
    return () => void closing?.then((close) => close())
  }, [object, id])
}
