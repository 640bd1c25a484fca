import { UserRoundCheck } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const owners: EntryKind = { name: 'owner', types: ['assigned'], icon: UserRoundCheck, tone: 'neutral' }
