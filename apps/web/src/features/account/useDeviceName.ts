import type { UserSession } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'

/** “Firefox on Android”, as far as it is known. */
export function useDeviceName({ browser, system }: Pick<UserSession, 'browser' | 'system'>): string {
  const { t } = useTranslation()
  if (browser !== null && system !== null) return t('account.session.device', { browser, system })
  return browser ?? system ?? t('account.session.unknown')
}
