import type { Import } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { StatLine } from './StatLine.tsx'

export function ImportCounts({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  return (
    <StatLine
      stats={[
        { label: t('imports.count.created'), value: shown.created, tone: 'success' },
        { label: t('imports.count.updated'), value: shown.updated },
        ...(shown.companies > 0 ? [{ label: t('imports.count.companies'), value: shown.companies }] : []),
        ...(shown.unreadable > 0 ? [{ label: t('imports.count.unreadable'), value: shown.unreadable }] : []),
        { label: t('imports.count.skipped'), value: shown.skipped },
        { label: t('imports.count.failed'), value: shown.failed, tone: 'danger' },
        ...(shown.phase === 'undo'
          ? [
              { label: t('imports.count.undone'), value: shown.undone },
              { label: t('imports.count.kept'), value: shown.kept },
            ]
          : []),
      ]}
    />
  )
}
