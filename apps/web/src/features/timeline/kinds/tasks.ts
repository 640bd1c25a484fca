import { ListChecks } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const tasks: EntryKind = { name: 'task', types: ['task'], icon: ListChecks, tone: 'success' }
