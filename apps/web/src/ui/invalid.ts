import type { TFunction } from 'i18next'

/** The parts of a zod issue, or of a server's 422 entry, that say what is wrong. */
export type InvalidValue = {
  code: string
  message?: string | undefined
  input?: unknown
  origin?: unknown
  minimum?: unknown
  maximum?: unknown
  format?: unknown
}

/** One sentence for the person who typed it, in their language. */
export function describeInvalid(issue: InvalidValue, t: TFunction): string {
  switch (issue.code) {
    case 'required':
      return t('common.invalid.required')
    case 'taken':
      return t('common.invalid.taken')
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null || issue.input === '')
        return t('common.invalid.required')
      return t('common.invalid.other')
    case 'too_small':
      return describeTooSmall(issue, t)
    case 'too_big':
      if (issue.origin === 'string') return t('common.invalid.too_long', { count: Number(issue.maximum) })
      return issue.maximum === undefined
        ? fallback(issue, t)
        : t('common.invalid.too_big', { limit: Number(issue.maximum) })
    case 'invalid_format':
      return describeFormat(issue, t)
    default:
      return fallback(issue, t)
  }
}

function describeTooSmall(issue: InvalidValue, t: TFunction): string {
  if (issue.minimum === undefined) return fallback(issue, t)
  if (issue.origin !== 'string') return t('common.invalid.too_small', { limit: Number(issue.minimum) })
  if (issue.minimum === 1) return t('common.invalid.required')
  return t('common.invalid.too_short', { count: Number(issue.minimum) })
}

function describeFormat(issue: InvalidValue, t: TFunction): string {
  switch (issue.format) {
    case 'email':
      return t('common.invalid.email')
    case 'url':
      return t('common.invalid.url')
    case 'date':
    case 'datetime':
      return t('common.invalid.date')
    default:
      return fallback(issue, t)
  }
}

function fallback(issue: InvalidValue, t: TFunction): string {
  return issue.message ?? t('common.invalid.other')
}
