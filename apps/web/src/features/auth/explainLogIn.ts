import type { TFunction } from 'i18next'
import { isProblem } from '../../ui/problem.ts'

/**
 * Why a log-in was refused; null for what has no sentence of its own.
 * @param asksProof whether the server wants a confirmed address, which a refusal does not tell
 */
export function explainLogIn(error: unknown, t: TFunction, asksProof: boolean): { message: string } | null {
  if (!isProblem(error)) return null
  if (error.status === 401)
    return { message: asksProof ? t('auth.login.wrong_or_new') : t('auth.login.wrong') }
  if (error.problem.code === 'too_many_failures') return { message: t('auth.login.too_many') }
  if (error.code === 'no_organization') return { message: t('auth.login.no_organization') }
  return null
}
