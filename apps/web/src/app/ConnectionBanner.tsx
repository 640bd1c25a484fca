import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/Banner.tsx'
import { notify } from '../ui/notify.ts'
import { useConnection } from './connection.ts'

/** Speaks up only when something is wrong, and once when it is right again. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const connection = useConnection()
  const broken = connection === 'offline' || connection === 'reconnecting' || connection === 'maintenance'
  const wasBroken = useRef(false)
  useEffect(() => {
    if (wasBroken.current && !broken) notify.success(t('shell.connection.back'))
    wasBroken.current = broken
  }, [broken, t])
  if (connection === 'offline') return <Banner kind="offline">{t('shell.connection.offline_banner')}</Banner>
  if (connection === 'maintenance')
    return <Banner kind="maintenance">{t('shell.connection.maintenance_banner')}</Banner>
  if (connection === 'reconnecting')
    return <Banner kind="reconnecting">{t('shell.connection.reconnecting_banner')}</Banner>
  return null
}
