import { useCallback, useEffect, useRef } from 'react'
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'

const PREFIX = 'rapport.draft.'
const PAUSE_MS = 250

export function readDraft<Values extends FieldValues>(key: string | undefined): Partial<Values> | null {
  if (key === undefined) return null
  const stored = sessionStorage.getItem(PREFIX + key)
  if (stored === null) return null
  try {
    return JSON.parse(stored) as Partial<Values>
  } catch {
    // Whatever wrote this, it is no draft of ours: forgetting it is all that can be done.
    sessionStorage.removeItem(PREFIX + key)
    return null
  }
}

/** What is written elsewhere than in a form. */
export function keepDraft(key: string, values: object): void {
  sessionStorage.setItem(PREFIX + key, JSON.stringify(values))
}
export const forgetDraft = (key: string): void => sessionStorage.removeItem(PREFIX + key)

/** What was typed is its author's: it does not wait for whoever uses this tab next, or in another organization. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

/**
 * Keeps what was typed, a moment after the last key and when the form goes away. The returned function forgets it all,
 * also what was about to be kept.
 */
export function useDraftKeeper<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  key: string | undefined,
  secret: readonly Path<Values>[],
): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const secrets = secret.join()
  useEffect(() => {
    if (key === undefined) return
    const keep = () => {
      timer.current = undefined
      const kept = Object.entries(form.getValues()).filter(([name]) => !secrets.split(',').includes(name))
      sessionStorage.setItem(PREFIX + key, JSON.stringify(Object.fromEntries(kept)))
    }
    const stop = form.subscribe({
      formState: { values: true },
      callback: ({ type }) => {
        if (type !== 'change') return
        clearTimeout(timer.current)
        timer.current = setTimeout(keep, PAUSE_MS)
      },
    })
    return () => {
      stop()
      if (timer.current === undefined) return
      clearTimeout(timer.current)
      keep()
    }
  }, [form, key, secrets])

  return useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    if (key !== undefined) sessionStorage.removeItem(PREFIX + key)
  }, [key])
}

const UNSENT = 'rapport.unsent.'

/** What was finished and waits to be sent outlives the tab, for one person in one organization. */
export function keepUnsent(owner: string, unsent: readonly object[]): void {
  if (unsent.length === 0) localStorage.removeItem(UNSENT + owner)
  else localStorage.setItem(UNSENT + owner, JSON.stringify(unsent))
}

export function readUnsent<One>(owner: string): One[] {
  const stored = localStorage.getItem(UNSENT + owner)
  if (stored === null) return []
  try {
    return JSON.parse(stored) as One[]
  } catch {
    localStorage.removeItem(UNSENT + owner) // whatever wrote this, it is none of ours
    return []
  }
}

/** It does not wait for whoever uses this browser next. */
export function forgetUnsent(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(UNSENT)) localStorage.removeItem(key)
}
