import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/Banner.tsx'
import { notify } from '../ui/notify.ts'
import { useConnection } from './connection.ts'
import type { Connection } from './connection.ts'

const PATIENCE_MS = 2_000

/** A connection that is back within a moment was never lost, as far as anyone needs to know. */
function useSettledConnection(): Connection {
  const connection = useConnection()
  const [settled, setSettled] = useState(connection)
  useEffect(() => {
    const wait_ms = connection === 'reconnecting' ? PATIENCE_MS : 0
    const timer = setTimeout(() => setSettled(connection), wait_ms)
    return () => clearTimeout(timer)
  }, [connection])
  return settled
}

/** Speaks up only when something is wrong, and once when it is right again. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const connection = useSettledConnection()
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
