/** What has been on screen of a conversation is read; what one marks as unread stays so until one leaves it. */
import type { ChatChannel } from '@rapport/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { markRead } from './api.ts'
import type { Said } from './messages.ts'

const pause_ms = 400

function useIsLookedAt(): boolean {
  const [looked, setLooked] = useState(isLookedAt)
  useEffect(() => {
    const note = () => setLooked(isLookedAt())
    addEventListener('focus', note)
    addEventListener('blur', note)
    document.addEventListener('visibilitychange', note)
    return () => {
      removeEventListener('focus', note)
      removeEventListener('blur', note)
      document.removeEventListener('visibilitychange', note)
    }
  }, [])
  return looked
}

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus()

export function useReading(channel: ChatChannel, last: Said | undefined, atEnd: boolean) {
  const looked = useIsLookedAt()
  const held = useRef(false)
  const { id, me } = channel
  // Where the news began when the conversation was opened.
  const [read_seq, setReadSeq] = useState(() => (me && me.unread_count > 0 ? me.last_read_seq : null))
  const unread = me !== null && last !== undefined && last.seq > me.last_read_seq
  useEffect(() => {
    if (!unread || !last || !atEnd || !looked || held.current) return
    const timer = setTimeout(() => {
      // The next message, or the next look, asks again.
      markRead(id, last).catch(() => undefined)
    }, pause_ms)
    return () => clearTimeout(timer)
  }, [id, last, unread, atEnd, looked])

  const markFrom = useCallback((message: Said) => {
    held.current = true
    setReadSeq(message.seq - 1)
  }, [])
  const markAll = useCallback(() => {
    held.current = false
    setReadSeq(null)
    if (last) markRead(id, last).catch(() => undefined)
  }, [id, last])
  return { read_seq, markFrom, markAll }
}
