import { Phone } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const calls: EntryKind = { name: 'call', types: ['call'], icon: Phone, tone: 'success' }
