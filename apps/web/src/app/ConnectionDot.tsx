import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import { useConnection } from './connection.ts'

/** Green: others' changes appear at once. */
export function ConnectionDot() {
  const { t } = useTranslation()
  const connection = useConnection()
  // Of maintenance the banner speaks.
  if (connection === 'idle' || connection === 'maintenance') return null
  const live = connection === 'live'
  const waiting = connection === 'connecting' || connection === 'reconnecting'
  const label = live
    ? t('shell.connection.live')
    : waiting
      ? t('shell.connection.connecting')
      : t('shell.connection.offline')
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        className="inline-flex size-control items-center justify-center rounded-base"
      >
        <span
          className={cx('size-2 rounded-full', live ? 'bg-success' : 'bg-warn', waiting && 'animate-pulse')}
        />
      </button>
    </Tooltip>
  )
}
