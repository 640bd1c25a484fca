import { Mail } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const emails: EntryKind = { name: 'email', types: ['email'], icon: Mail, tone: 'info' }
