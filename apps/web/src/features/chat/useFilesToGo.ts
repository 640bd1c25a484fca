/** Files that go along with the next message: they are sent ahead while one still writes. */
import type { Attachment } from '@rapport/contracts'
import { useCallback, useState } from 'react'
import { cancelUpload, startUploads, useUploads, type Upload } from '../attachments/uploads.ts'

export type FilesToGo = {
  ready: readonly Attachment[]
  uploads: readonly Upload[]
  add: (files: File[]) => void
  drop: (id: string) => void
  clear: () => void
}

/** What of a channel its files are filed under. */
export const filedAs = (channel_id: string) => ({ object: 'chat_channel', id: channel_id })

export function useFilesToGo(channel_id: string): FilesToGo {
  const [ready, setReady] = useState<readonly Attachment[]>([])
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set())
  const uploads = useUploads(filedAs(channel_id)).filter(({ key }) => mine.has(key))
  const add = useCallback(
    (files: File[]) => {
      const keys = startUploads(filedAs(channel_id), files, null, (file) =>
        setReady((known) => [...known, file]),
      )
      setMine((known) => new Set([...known, ...keys]))
    },
    [channel_id],
  )
  return {
    ready,
    uploads,
    add,
    drop: (id) => setReady((known) => known.filter((file) => file.id !== id)),
    clear: () => {
      for (const { key } of uploads) cancelUpload(key)
      setReady([])
    },
  }
}
