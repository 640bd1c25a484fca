import { isProblem } from '../../ui/problem.ts'

/** The password was refused because anybody would guess it. */
export const isCommonPassword = (error: unknown): boolean =>
  isProblem(error) && (error.problem.errors ?? []).some(({ code }) => code === 'password_too_common')
