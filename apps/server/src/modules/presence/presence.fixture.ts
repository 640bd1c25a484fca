/** Windows of members, as browsers open them, closed after each test. */
import { connectRealtime, type PersonChange, type Realtime } from '@rapport/sdk/realtime'
import { afterEach, expect, vi } from 'vitest'
import type { Caller } from '../../testing/app.ts'

/** How long presence may take to get about. */
export const soon = { timeout: 10_000 }

export const idOf = ({ session }: Caller): string => session.user.id

export type Window = {
  realtime: Realtime
  told: PersonChange[]
  /** The last that was told of this member. */
  lastOf: (member: Caller) => PersonChange['state'] | undefined
}

/** To be called once in a test file; answers how its members come in. */
export function openWindows() {
  const opened: Realtime[] = []
  afterEach(() => {
    for (const window of opened.splice(0)) window.close()
  })

  return async function enter({ session }: Caller, url: string): Promise<Window> {
    const told: PersonChange[] = []
    let ready = false
    const realtime = connectRealtime({
      url,
      organization_id: session.organization.id,
      token: () => session.access_token,
      onEvent: () => undefined,
      onReady: () => void (ready = true),
      onPeople: (people) => void told.push(...people),
    })
    opened.push(realtime)
    await vi.waitFor(() => expect(ready).toBe(true), soon)
    return {
      realtime,
      told,
      lastOf: (member) => told.findLast(({ user_id }) => user_id === idOf(member))?.state,
    }
  }
}
