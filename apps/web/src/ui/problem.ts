import { RapportProblem, RapportUnreachable } from '@rapport/sdk'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

export function isProblem(error: unknown): error is RapportProblem {
  return error instanceof RapportProblem
}

/** Browsers have no type of their own for a page's code that did not arrive, only words. */
const CODE_DID_NOT_ARRIVE = /dynamically imported module|importing a module script failed/i

/** No answer at all: the request or the page's code did not get through. */
export function isNetworkFailure(error: unknown): boolean {
  if (error instanceof RapportUnreachable) return true
  return error instanceof TypeError && CODE_DID_NOT_ARRIVE.test(error.message)
}

/** What to tell a person. The server's own words are kept for refusals that we have no better sentence for. */
export function describeProblem(error: unknown, t: TFunction): string {
  if (isNetworkFailure(error)) return t('common.problem.network')
  if (!isProblem(error)) return t('common.problem.unexpected')
  switch (error.status) {
    case 401:
      return t('common.problem.unauthenticated')
    case 403:
      return t(error.code === 'feature_off' ? 'common.problem.feature_off' : 'common.problem.forbidden')
    case 404:
      return t('common.problem.not_found')
    case 409:
      return t('common.problem.conflict')
    case 422:
      return t('common.problem.invalid')
    case 429:
      return t('common.problem.too_many_requests')
    case 503:
      return t('common.problem.maintenance')
    default:
      return error.status < 500 && error.message !== '' ? error.message : t('common.problem.unexpected')
  }
}

export function useDescribeProblem(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback((error: unknown) => describeProblem(error, t), [t])
}
