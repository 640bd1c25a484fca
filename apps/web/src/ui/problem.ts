import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** The part of an RFC 9457 problem that screens use. Known by its shape, so that the kit depends on no client. */
export type ProblemLike = {
  status: number
  code: string
  detail?: string
  request_id?: string
  errors?: { path: string; code: string; message: string }[]
}

export function isProblem(error: unknown): error is ProblemLike {
  return (
    typeof error === 'object' &&
    error !== null &&
    'status' in error &&
    typeof error.status === 'number' &&
    'code' in error &&
    typeof error.code === 'string'
  )
}

/** A request that never got an answer: fetch throws a TypeError for it. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError || (isProblem(error) && error.status === 0)
}

/** What to tell a person. The server's own words are kept for refusals that we have no better sentence for. */
export function describeProblem(error: unknown, t: TFunction): string {
  if (isNetworkFailure(error)) return t('common.problem.network')
  if (!isProblem(error)) return t('common.problem.unexpected')
  if (error.status === 401) return t('common.problem.unauthenticated')
  if (error.status === 403) return t('common.problem.forbidden')
  if (error.status === 404) return t('common.problem.not_found')
  if (error.status === 409) return t('common.problem.conflict')
  if (error.status === 422) return t('common.problem.invalid')
  if (error.status === 429) return t('common.problem.too_many_requests')
  if (error.status === 503) return t('common.problem.maintenance')
  if (error.status < 500 && error.detail) return error.detail
  return t('common.problem.unexpected')
}

export function useDescribeProblem(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback((error: unknown) => describeProblem(error, t), [t])
}
