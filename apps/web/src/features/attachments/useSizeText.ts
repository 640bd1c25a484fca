import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** How large a file is, in the reader's language. */
export function useSizeText(): (bytes: number) => string {
  const { i18n } = useTranslation()
  return useCallback(
    (bytes: number) => {
      const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)))
      return new Intl.NumberFormat(i18n.language, {
        style: 'unit',
        unit: units[step] ?? 'byte',
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: step > 1 ? 1 : 0,
      }).format(bytes / 1000 ** step)
    },
    [i18n.language],
  )
}
