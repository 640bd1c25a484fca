import type { View } from '@rapport/contracts'
import { CalendarDays, SquareKanban, Table2, type LucideIcon } from 'lucide-react'

export const layoutIcons: Record<View['layout'], LucideIcon> = {
  table: Table2,
  board: SquareKanban,
  calendar: CalendarDays,
}
