import { CalendarClock, Clock } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useNow } from './useNow.ts'
import { atTimeOf, daysLater } from './wallClock.ts'

type Props = {
  /** What is put off: due at a time, or on a day. */
  due_at: string
  all_day?: boolean
  trigger: ReactElement
  onSnooze: (due_at: string) => void
  onEdit: () => void
}

const steps = [
  ['tomorrow', 1],
  ['in_three_days', 3],
  ['in_a_week', 7],
] as const

/** To another day at the same time of day; tomorrow is one press of Enter away. */
export function SnoozeMenu({ due_at, all_day = false, trigger, onSnooze, onEdit }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow().getTime()
  const { time_zone } = useMe().user
  // What is overdue is put off from now on, not from when it should have been.
  const day = new Date(Math.max(now, Date.parse(due_at))).toISOString()
  const at = (days: number) => atTimeOf(daysLater(day, days, time_zone), due_at, time_zone)
  return (
    <Menu trigger={trigger} align="end">
      {steps.map(([name, days]) => (
        <MenuItem key={name} icon={Clock} onSelect={() => onSnooze(at(days))}>
          {t(`followUps.snooze.${name}`)}{' '}
          <span className="text-faint tabular">
            {format.weekday(format.day(at(days)))} {all_day ? null : format.time(at(days))}
          </span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={CalendarClock} onSelect={onEdit}>
        {t('followUps.snooze.choose')}
      </MenuItem>
    </Menu>
  )
}
