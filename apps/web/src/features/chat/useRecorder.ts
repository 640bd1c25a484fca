/** Speaks a message instead of writing it: what was recorded becomes a file like any other. */
import { useEffect, useRef, useState } from 'react'

/** What this browser can record; others record nothing and show no microphone. */
const types = [
  ['audio/webm', 'webm'],
  ['audio/ogg', 'ogg'],
  ['audio/mp4', 'm4a'],
] as const

const typeHere = () =>
  typeof MediaRecorder === 'undefined'
    ? undefined
    : types.find(([type]) => MediaRecorder.isTypeSupported(type))

export const canRecord = (): boolean => typeHere() !== undefined && 'mediaDevices' in navigator

const longest_ms = 5 * 60_000

export function useRecorder(onDone: (file: File) => void, onRefused: () => void) {
  const [started_at, setStartedAt] = useState<number | null>(null)
  const recorder = useRef<MediaRecorder | null>(null)
  const latest = useRef(onDone)
  useEffect(() => {
    latest.current = onDone
  })

  const end = (keep: boolean) => {
    const now = recorder.current
    recorder.current = null
    setStartedAt(null)
    if (!now) return
    if (!keep) now.ondataavailable = null
    now.stop()
    for (const track of now.stream.getTracks()) track.stop()
  }
  useEffect(
    () => () => {
      for (const track of recorder.current?.stream.getTracks() ?? []) track.stop()
    },
    [],
  )
  useEffect(() => {
    if (started_at === null) return
    const timer = setTimeout(() => end(true), longest_ms)
    return () => clearTimeout(timer)
  }, [started_at])

  const start = async () => {
    const type = typeHere()
    if (!type) return
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const made = new MediaRecorder(stream, { mimeType: type[0] })
      made.ondataavailable = ({ data }) => {
        const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
        if (data.size > 0) latest.current(new File([data], `voice-${stamp}.${type[1]}`, { type: type[0] }))
      }
      made.start()
      recorder.current = made
      setStartedAt(Date.now())
    } catch {
      onRefused() // no microphone, or it was not allowed
    }
  }
  return { started_at, start, finish: () => end(true), cancel: () => end(false) }
}
