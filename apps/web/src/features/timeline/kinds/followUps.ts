import { CalendarClock } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const followUps: EntryKind = {
  name: 'follow_up',
  types: ['follow_up'],
  icon: CalendarClock,
  tone: 'success',
}
