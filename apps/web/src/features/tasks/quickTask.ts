import type { Format } from '../../ui/format.ts'
import { readInstant, readMoment } from '../../ui/fields/readDate.ts'

type QuickTask = { title: string; due_at?: string }

/** As many words at the end may tell when. */
const words = 5

/** “Send the offer tomorrow 3pm” is due then; the longest end that tells a time counts, and something has to be left. */
export function readQuickTask(text: string, format: Format): QuickTask {
  const parts = text.trim().split(/\s+/)
  for (let from = Math.max(1, parts.length - words); from < parts.length; from += 1) {
    const end = parts.slice(from).join(' ')
    // A bare number is part of the title: “Call flat 12”.
    const told = /^\d{1,2}$/.test(end) ? null : readMoment(end, format)
    if (!told) continue
    const due_at = told.timed ? readInstant(end, format) : told.wall.slice(0, 10)
    if (due_at !== null) return { title: parts.slice(0, from).join(' '), due_at }
  }
  return { title: parts.join(' ') }
}
