/** Where a log-in at a provider was going; it leaves the app in between. */
import { paths } from '../../app/paths.ts'

const key = 'rapport.sign-in.next'

export const rememberNext = (next: string): void => sessionStorage.setItem(key, next)

export function takeNext(): string {
  const next = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return next ?? paths.home
}
