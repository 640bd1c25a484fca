import { Link2 } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const links: EntryKind = { name: 'link', types: ['linked', 'unlinked'], icon: Link2, tone: 'neutral' }
