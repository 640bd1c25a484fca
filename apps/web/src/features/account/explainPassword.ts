import type { TFunction } from 'i18next'
import { isProblem } from '../../ui/problem.ts'

/** What is wrong with a password, in the reader's language; null when it is something else. */
export function explainPassword(error: unknown, t: TFunction): string | null {
  if (!isProblem(error)) return null
  const { code, errors } = error.problem
  if (code === 'no_password') return t('account.password.none')
  if (code === 'too_many_failures') return t('account.password.too_many')
  switch (errors?.[0]?.code) {
    case 'wrong_password':
      return t('account.password.wrong')
    case 'password_too_common':
      return t('account.password.common')
    case 'password_unchanged':
      return t('account.password.unchanged')
    default:
      return null
  }
}
