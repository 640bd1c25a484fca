import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { describeProblem, isProblem } from '../../ui/problem.ts'

const sentences = {
  exceeds_yours: 'roles.problem.exceeds_yours',
  role_in_use: 'roles.problem.in_use',
  own_role: 'roles.problem.own_role',
  version_conflict: 'roles.problem.conflict',
  too_many_roles: 'roles.problem.too_many',
} as const

const isKnown = (code: string): code is keyof typeof sentences => Object.hasOwn(sentences, code)

function sentenceOf(error: unknown, t: TFunction): string | null {
  if (!isProblem(error)) return null
  if (isKnown(error.code)) return t(sentences[error.code])
  const codes = (error.problem.errors ?? []).map(({ code }) => code)
  if (codes.includes('locks_you_out')) return t('roles.problem.locks_you_out')
  return null
}

/** Refusals that the general sentences would not explain; a taken name is told at its field. */
export function useExplainRoleProblem(): (error: unknown) => { field?: 'name'; message: string } | null {
  const { t } = useTranslation()
  return useCallback(
    (error) => {
      if (
        isProblem(error) &&
        error.problem.errors?.some(({ path, code }) => path === 'name' && code === 'taken')
      )
        return { field: 'name', message: t('roles.problem.name_taken') }
      const message = sentenceOf(error, t)
      return message === null ? null : { message }
    },
    [t],
  )
}

/** Options for `mutate`: a refusal is told in a toast. */
export function useTellRoleProblem(): { onError: (error: unknown) => void } {
  const { t } = useTranslation()
  return {
    onError: (error) =>
      notify.problem(t('common.problem.title'), sentenceOf(error, t) ?? describeProblem(error, t)),
  }
}
