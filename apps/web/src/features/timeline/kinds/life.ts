import { CircleDot } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const life: EntryKind = {
  name: 'life',
  types: ['created', 'deleted', 'restored', 'converted', 'conversion_undone', 'merged', 'merge_undone'],
  icon: CircleDot,
  tone: 'neutral',
}
