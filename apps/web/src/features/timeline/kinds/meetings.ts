import { Users } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const meetings: EntryKind = { name: 'meeting', types: ['meeting'], icon: Users, tone: 'accent' }
