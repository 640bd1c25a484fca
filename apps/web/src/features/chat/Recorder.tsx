import { Check, Mic, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { canRecord, useRecorder } from './useRecorder.ts'

const tick_ms = 500

/** Speak instead of writing: the recording goes along with the message like any file. */
export function Recorder({ onDone }: { onDone: (file: File) => void }) {
  const { t } = useTranslation()
  const recorder = useRecorder(onDone, () => notify.problem(t('chat.voice.refused')))
  if (!canRecord()) return null
  if (recorder.started_at === null)
    return (
      <IconButton
        icon={Mic}
        size="small"
        label={t('chat.voice.record')}
        onClick={() => void recorder.start()}
      />
    )
  return (
    <span className="flex items-center gap-0.5 rounded-base bg-danger-soft pl-2">
      <Clock since={recorder.started_at} />
      <IconButton icon={X} size="small" label={t('chat.voice.cancel')} onClick={recorder.cancel} />
      <IconButton icon={Check} size="small" label={t('chat.voice.finish')} onClick={recorder.finish} />
    </span>
  )
}

function Clock({ since }: { since: number }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick_ms)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((now - since) / 1000))
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <span className="text-12 text-danger-ink tabular">{t('chat.voice.recording', { time })}</span>
}
