import { useQuery } from '@tanstack/react-query'
import { Pause, Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { Progress } from '../../ui/Progress.tsx'
import { contentQuery } from '../attachments/api.ts'
import type { SeenFile } from '../attachments/versions.ts'

/** Recorded in the chat, so it is played there. It is fetched when somebody wants to hear it. */
export function VoiceNote({ file }: { file: SeenFile }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const [playing, setPlaying] = useState(false)
  const [share, setShare] = useState(0)
  const [seconds, setSeconds] = useState<number | null>(null)
  const query = useQuery({ ...contentQuery(file.id, file.current), enabled: wanted })
  const player = useRef<HTMLAudioElement | null>(null)
  // It may be here already; nothing speaks unless it is asked to.
  const content = wanted ? query.data : undefined
  useEffect(() => {
    if (!content) return
    const url = URL.createObjectURL(content)
    const audio = new Audio(url)
    player.current = audio
    const note = () => {
      setSeconds(Math.floor(audio.currentTime))
      setShare(Number.isFinite(audio.duration) ? audio.currentTime / audio.duration : 0)
    }
    const fail = () => {
      setPlaying(false)
      notify.problem(t('chat.voice.failed'))
    }
    audio.addEventListener('play', () => setPlaying(true))
    audio.addEventListener('pause', () => setPlaying(false))
    audio.addEventListener('timeupdate', note)
    audio.addEventListener('error', fail)
    audio.play().catch(fail)
    return () => {
      audio.pause()
      player.current = null
      URL.revokeObjectURL(url)
    }
  }, [content, t])
  const press = () => {
    if (!player.current) setWanted(true)
    else if (playing) player.current.pause()
    else void player.current.play().catch(() => setPlaying(false))
  }
  return (
    <div className="flex h-11 w-64 max-w-full items-center gap-2 rounded-base border border-line pr-3 pl-1">
      <IconButton
        icon={playing ? Pause : Play}
        label={t(playing ? 'chat.voice.pause' : 'chat.voice.play')}
        onClick={press}
      />
      <div className="min-w-0 flex-1">
        <Progress value={share} label={t('chat.voice.label')} labelHidden />
      </div>
      <span className="text-12 text-muted tabular">
        {seconds === null ? t('chat.voice.label') : clock(seconds)}
      </span>
    </div>
  )
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
