import { useMemo } from 'react'
import type { FormatSettings } from '../ui/format.ts'
import { useMe } from './session.ts'

/** Days and times as the account has them. */
export function useFormatSettings(): FormatSettings {
  const { time_zone, date_format } = useMe().preferences
  return useMemo(() => ({ time_zone, date_format }), [time_zone, date_format])
}
