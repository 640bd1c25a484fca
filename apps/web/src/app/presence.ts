/** Who else has a record open, and what they edit: told for as long as it is on screen here. */
import type { PresentPerson, Realtime, RecordPresence, View } from '@rapport/sdk'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { useShown } from './shown.ts'

type Shown = { object: string; id: string; field: string | null; view: View | null }

/** What this window shows, whether or not there is a connection yet. */
const shown = new Set<Shown>()
let connected: Realtime | null = null

const nobody: readonly PresentPerson[] = []
let people: ReadonlyMap<string, readonly PresentPerson[]> = new Map()
const listeners = new Set<() => void>()
const keyOf = ({ object, id }: { object: string; id: string }) => `${object} ${id}`

function publish(next: typeof people): void {
  people = next
  for (const listener of listeners) listener()
}

function begin(one: Shown): void {
  one.view = connected?.view(one) ?? null
  if (one.field !== null) one.view?.edit(one.field)
}

/** A connection stands: it is told what is on screen. Null when it is closed. */
export function viewThrough(realtime: Realtime | null): void {
  connected = realtime
  for (const one of shown) begin(one)
  if (!realtime) forgetPresence()
}

export const reportPresence = (presence: RecordPresence): void =>
  publish(new Map([...people, [keyOf(presence), presence.people]]))

/** Without a connection nobody knows who is there. */
export const forgetPresence = (): void => publish(new Map())

/** Tells others that the record is on screen here, and answers who else has it open. */
export function useRecordPresence(object: string, id: string) {
  const own = useRef<Shown | null>(null)
  useShown(object, id)
  useEffect(() => {
    const one: Shown = { object, id, field: null, view: null }
    own.current = one
    shown.add(one)
    begin(one)
    return () => {
      shown.delete(one)
      one.view?.leave()
    }
  }, [object, id])

  const edit = useCallback((field: string | null) => {
    if (!own.current) return
    own.current.field = field
    own.current.view?.edit(field)
  }, [])
  const others = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => people.get(keyOf({ object, id })) ?? nobody,
  )
  return { others, edit }
}
