import { firstDayOfWeek } from '@rapport/contracts'
import { useMemo } from 'react'
import type { FormatSettings } from '../ui/format.ts'
import { useMe } from './session.ts'

/** Days and times as the account has them, numbers of the organization's country as they are dialled there. */
export function useFormatSettings(): FormatSettings {
  const { preferences, organization } = useMe()
  const { time_zone, date_format } = preferences
  const week_start = firstDayOfWeek(preferences.week_start, preferences.language)
  const { country } = organization
  return useMemo(
    () => ({ time_zone, date_format, week_start, country }),
    [time_zone, date_format, week_start, country],
  )
}
