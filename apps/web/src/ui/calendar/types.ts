import type { Hue } from '../hue.ts'

export type CalendarCard = {
  id: string
  day: string
  title: string
  hue?: Hue | undefined
  /** Whether it may be carried to another day. */
  movable: boolean
}

export type CalendarProps = {
  month: string
  /** 0 is Sunday. */
  weekStart: number
  today: string
  cards: readonly CalendarCard[]
  onMonthChange: (month: string) => void
  onOpen: (id: string) => void
  onMove: (id: string, day: string) => void
}
