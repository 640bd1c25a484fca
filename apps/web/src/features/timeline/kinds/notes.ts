import { StickyNote } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const notes: EntryKind = { name: 'note', types: ['note'], icon: StickyNote, tone: 'warn' }
