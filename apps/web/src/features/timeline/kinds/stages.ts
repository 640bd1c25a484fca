import { SquareKanban } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const stages: EntryKind = {
  name: 'stage',
  types: ['stage_changed'],
  icon: SquareKanban,
  tone: 'accent',
}
