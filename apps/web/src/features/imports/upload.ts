/** The upload under way. It lives beside the pages, so that one can go elsewhere while a large file is sent. */
import type { ImportUpload } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'
import { queryClient } from '../../app/queryClient.ts'
import { rapportOver } from '../../app/rapport.ts'
import { importKeys } from './api.ts'
import { sendFormWith } from './sendForm.ts'

export type Upload =
  | { state: 'sending'; file_name: string; /** 0 to 1; from 1 on the server reads the file. */ share: number }
  | { state: 'refused'; file_name: string; error: unknown }

let current: Upload | null = null
let stopper: AbortController | null = null
const listeners = new Set<() => void>()

function publish(next: Upload | null): void {
  current = next
  for (const listener of listeners) listener()
}

export function useUpload(): Upload | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

export const isUploading = () => current?.state === 'sending'

export function stopUpload(): void {
  stopper?.abort()
}

export function dismissUpload(): void {
  publish(null)
}

/** Answers null when the file was refused or the upload stopped; `useUpload` says why. */
export async function uploadFile(file: File, object: string): Promise<ImportUpload | null> {
  const file_name = file.name
  const stop = new AbortController()
  stopper = stop
  publish({ state: 'sending', file_name, share: 0 })
  const client = rapportOver(sendFormWith((share) => publish({ state: 'sending', file_name, share })))
  try {
    const made = await client.imports.upload({ body: { object }, file, signal: stop.signal })
    queryClient.setQueryData(importKeys.record(made.id), made)
    void queryClient.invalidateQueries({ queryKey: importKeys.list })
    publish(null)
    return made
  } catch (error) {
    publish(stop.signal.aborted ? null : { state: 'refused', file_name, error })
    return null
  }
}
