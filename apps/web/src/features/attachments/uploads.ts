/**
 * Files on their way. They live beside the pages, so that one can go elsewhere meanwhile. Each goes in pieces: what
 * breaks off is asked for at the server and gone on with from there, by itself when the connection is back.
 */
import type { Attachment } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'
import { rapport } from '../../app/rapport.ts'
import { isNetworkFailure, isProblem } from '../../ui/problem.ts'
import { readFilesAgain, type FiledRecord } from './api.ts'

export type Upload = {
  key: string
  record: FiledRecord
  name: string
  size: number
  sent: number
  state: 'sending' | 'paused' | 'offline' | 'refused'
  error?: unknown
}

type Work = {
  file: File
  stop: AbortController
  /** The file that this is a new version of. */ of: string | null
  onDone: (file: Attachment) => void
}

const piece_bytes = 1024 * 1024
const retry_ms = 3_000

let uploads: readonly Upload[] = []
const works = new Map<string, Work>()
const listeners = new Set<() => void>()

function publish(next: readonly Upload[]): void {
  uploads = next
  for (const listener of listeners) listener()
}
const change = (key: string, part: Partial<Upload>) =>
  publish(uploads.map((one) => (one.key === key ? { ...one, ...part } : one)))
const drop = (key: string) => publish(uploads.filter((one) => one.key !== key))

export function useUploads({ object, id }: FiledRecord): Upload[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads,
  )
  return all.filter(({ record }) => record.object === object && record.id === id)
}

/**
 * @param of the file that gets a new version; without it each file is one of its own
 * @param onDone told of each file that has arrived whole
 * @returns the keys of the uploads
 */
export function startUploads(
  record: FiledRecord,
  files: readonly File[],
  of: Attachment | null = null,
  onDone: (file: Attachment) => void = () => undefined,
): string[] {
  return files.map((file) => {
    const key = crypto.randomUUID()
    works.set(key, { file, stop: new AbortController(), of: of?.id ?? null, onDone })
    publish([
      ...uploads,
      { key, record, name: of?.name ?? file.name, size: file.size, sent: 0, state: 'sending' },
    ])
    void run(key)
    return key
  })
}

/** What has arrived stays at the server; the piece on its way is sent again later. */
export function pauseUpload(key: string): void {
  const work = works.get(key)
  if (!work) return
  work.stop.abort()
  works.set(key, { ...work, stop: new AbortController() })
  change(key, { state: 'paused' })
}

/** Goes on, or tries once more. */
export function resumeUpload(key: string): void {
  change(key, { state: 'sending', error: undefined })
  void run(key)
}

export function cancelUpload(key: string): void {
  works.get(key)?.stop.abort()
  works.delete(key)
  drop(key)
}

async function run(key: string): Promise<void> {
  const work = works.get(key)
  const upload = uploads.find((one) => one.key === key)
  if (!work || !upload) return
  try {
    const file = await send(key, upload, work)
    works.delete(key)
    drop(key)
    readFilesAgain(upload.record)
    work.onDone(file)
  } catch (error) {
    if (work.stop.signal.aborted) return
    if (isForLater(error)) {
      change(key, { state: 'offline' })
      await untilOnline(work.stop.signal)
      if (!work.stop.signal.aborted) resumeUpload(key)
      return
    }
    change(key, { state: 'refused', error })
  }
}

async function send(
  key: string,
  { record, name, size }: Upload,
  { file, stop, of }: Work,
): Promise<Attachment> {
  const { signal } = stop
  const made = of
    ? await rapport.attachments.announce({ params: { id: of }, body: { size }, signal })
    : await rapport.attachments.create({ body: { record, name, size }, signal })
  const number = made.versions[0]?.number ?? 1
  let now = made
  for (let received = receivedOf(now, number); received < size; received = receivedOf(now, number)) {
    change(key, { sent: received, state: 'sending' })
    const piece = file.slice(received, received + piece_bytes)
    now = await sendPiece({ id: made.id, number, offset: received }, piece, signal)
  }
  change(key, { sent: size })
  return now
}

type Place = { id: string; number: number; offset: number }

/** Answers what the server has now, also when another piece was there first. */
async function sendPiece(
  { id, number, offset }: Place,
  piece: Blob,
  signal: AbortSignal,
): Promise<Attachment> {
  try {
    return await rapport.attachments.send({
      params: { id },
      body: { number, offset },
      file: piece,
      signal,
    })
  } catch (error) {
    if (isProblem(error) && error.code === 'piece_misplaced') return error.problem.current as Attachment
    throw error
  }
}

const receivedOf = ({ versions }: Attachment, wanted: number) =>
  versions.find(({ number }) => number === wanted)?.received ?? 0

/** No connection, or a server that is busy, being worked on, or starting anew. */
const isForLater = (error: unknown) =>
  isNetworkFailure(error) ||
  (isProblem(error) && (error.status >= 500 || error.status === 429 || error.code === 'upload_interrupted'))

function untilOnline(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      removeEventListener('online', done)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, retry_ms)
    addEventListener('online', done)
    signal.addEventListener('abort', done, { once: true })
  })
}
