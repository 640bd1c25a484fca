import { MessageCircle } from 'lucide-react'
import type { EntryKind } from '../types.ts'

export const messages: EntryKind = { name: 'message', types: ['message'], icon: MessageCircle, tone: 'info' }
