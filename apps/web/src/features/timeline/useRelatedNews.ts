import { useEffect, useRef } from 'react'
import type { QueryKey } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { useEvents } from '../../app/realtime.ts'

const refresh_ms = 1_000
const told = new Set(['company', 'contact', 'lead', 'deal'])

/** A timeline that tells those of others is read again a moment after something happened to any that may be among them. */
export function useRelatedNews(timeline: QueryKey, on: boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  useEvents((event) => {
    if (!on || timer.current !== null || !told.has(event.record.object)) return
    timer.current = setTimeout(() => {
      timer.current = null
      void queryClient.invalidateQueries({ queryKey: timeline })
    }, refresh_ms)
  })
}
