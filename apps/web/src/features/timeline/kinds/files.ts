import { Paperclip } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const files: EntryKind = { name: 'file', types: ['attachment'], icon: Paperclip, tone: 'neutral' }
