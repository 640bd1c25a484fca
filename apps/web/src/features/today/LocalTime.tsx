import type { Cadence } from '@rapport/contracts'
import { Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { isCallingTime } from '../follow-ups/callingHours.ts'

type Props = { time_zone: string; cadence: Cadence; now: Date }

/** What time it is where somebody is, and whether people are called there now. */
export function LocalTime({ time_zone, cadence, now }: Props) {
  const { t, i18n } = useTranslation()
  const time = new Intl.DateTimeFormat(i18n.language, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: time_zone,
  }).format(now)
  const isOpen = isCallingTime(cadence, time_zone, now)
  const Icon = isOpen ? Sun : Moon
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 text-12 whitespace-nowrap tabular',
        isOpen ? 'text-success-ink' : 'text-muted',
      )}
      title={time_zone}
    >
      <Icon className="size-3.5" strokeWidth={1.75} aria-hidden />
      {t('today.local', { time })}
      <span className="sr-only">, {t(isOpen ? 'today.calling' : 'today.not_calling')}</span>
    </span>
  )
}
