import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/Banner.tsx'
import { notify } from '../ui/notify.ts'
import { reportMaintenance, useConnection, useMaintenanceNotice } from './connection.ts'
import type { Connection } from './connection.ts'
import { metaQuery } from './session.ts'

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

const watch_ms = { live: false, maintenance: 5_000, other: 30_000 } as const

/** The socket tells of maintenance at once; without it, it is asked for now and then, and when a save was refused. */
function useMaintenanceWatch(connection: Connection): void {
  const pace = connection === 'live' || connection === 'maintenance' ? connection : 'other'
  const { data, refetch } = useQuery({ ...metaQuery, refetchInterval: watch_ms[pace] })
  const state = data?.maintenance
  useEffect(() => {
    if (state !== undefined) reportMaintenance(state)
  }, [state])
  useEffect(() => {
    if (connection === 'maintenance') void refetch()
  }, [connection, refetch])
}

/** Speaks up only when something is wrong, and once when it is right again. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const connection = useSettledConnection()
  const notice = useMaintenanceNotice()
  useMaintenanceWatch(connection)
  const wrong = connection === 'offline' || connection === 'reconnecting' || connection === 'maintenance'
  const before = useRef<Connection | null>(null)
  useEffect(() => {
    if (before.current !== null && !wrong)
      notify.success(
        t(before.current === 'maintenance' ? 'shell.connection.maintenance_over' : 'shell.connection.back'),
      )
    before.current = wrong ? connection : null
  }, [wrong, connection, t])
  if (connection === 'offline') return <Banner kind="offline">{t('shell.connection.offline_banner')}</Banner>
  if (connection === 'maintenance')
    return (
      <Banner kind="maintenance">
        {notice
          ? t('shell.connection.maintenance_notice', { notice })
          : t('shell.connection.maintenance_banner')}
      </Banner>
    )
  if (connection === 'reconnecting')
    return <Banner kind="reconnecting">{t('shell.connection.reconnecting_banner')}</Banner>
  return null
}
