import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { describeProblem, isProblem } from '../../ui/problem.ts'

const worded = [
  'file_empty',
  'rows_missing',
  'file_not_csv',
  'file_too_large',
  'sheet_unreadable',
  'nothing_mapped',
  'import_started',
  'import_over',
] as const

/** Why the server would not have it. A file is refused for reasons that only the server's own words can tell. */
function reasonOf(error: unknown, t: TFunction): string {
  if (!isProblem(error)) return describeProblem(error, t)
  const known = worded.find((code) => code === error.code || error.errors.some((one) => one.code === code))
  if (known) return t(`imports.refusal.${known}`)
  if (error.errors.length > 0) return error.errors.map(({ message }) => message).join(' ')
  return describeProblem(error, t)
}

export function useReason(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback((error: unknown) => reasonOf(error, t), [t])
}
