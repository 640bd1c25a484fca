/** Who of the organization is here: read once, and then told by the connection as they come and go. */
import type { MemberPresence } from '@rapport/contracts'
import type { PersonChange, Realtime } from '@rapport/sdk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { queryClient, readAgain } from './queryClient.ts'
import { rapport } from './rapport.ts'
import { useMay } from './session.ts'

export const peopleQuery = queryOptions({
  queryKey: ['presence'],
  queryFn: async () => (await rapport.presence.list()).items,
})

export const readPeopleAgain = (): void => readAgain(peopleQuery.queryKey)

export function reportPeople(changes: readonly PersonChange[]): void {
  const states = new Map(changes.map(({ user_id, state }) => [user_id, state]))
  queryClient.setQueryData(peopleQuery.queryKey, (people) =>
    people?.map((one) => {
      const state = states.get(one.user_id)
      return state ? { ...one, state, last_seen_at: new Date().toISOString() } : one
    }),
  )
}

export function usePresenceOf(user_id: string): MemberPresence | undefined {
  const { data } = useQuery({ ...peopleQuery, enabled: useMay('members:read') })
  return data?.find((one) => one.user_id === user_id)
}

const idle_ms = 5 * 60_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Tells whether somebody is at this window: it is hidden, or nobody has touched it for five minutes. Answers how to stop. */
export function tellWhetherHere(realtime: Realtime): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const rest = () => realtime.here({ away: true })
  const look = () => {
    clearTimeout(timer)
    const hidden = document.visibilityState === 'hidden'
    realtime.here({ away: hidden })
    if (!hidden) timer = setTimeout(rest, idle_ms)
  }
  look()
  for (const sign of signs) addEventListener(sign, look, { passive: true })
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    for (const sign of signs) removeEventListener(sign, look)
    document.removeEventListener('visibilitychange', look)
  }
}
