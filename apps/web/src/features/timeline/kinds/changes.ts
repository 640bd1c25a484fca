import { Pencil } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const changes: EntryKind = { name: 'change', types: ['updated'], icon: Pencil, tone: 'neutral' }
