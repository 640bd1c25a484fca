/** Where one was last in the chat, in this tab: coming back leads there, where list and conversation have room together. */
import type { ChatChannel } from '@rapport/contracts'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'

let last: string | null = null

export function rememberChannel(id: string): void {
  last = id
}

export function useFirstChannel(id: string | null, channels: readonly ChatChannel[] | undefined): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (id !== null || !channels || location.search !== '') return
    if (!matchMedia('(min-width: 48rem)').matches) return
    const first = channels.find((channel) => channel.id === last) ?? channels[0]
    if (first) void navigate(paths.chatChannel(first.id), { replace: true })
  }, [id, channels, navigate])
}
