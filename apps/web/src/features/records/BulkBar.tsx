import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'

type BulkBarProps = {
  count: number
  /** Absent when not all of the selected may be deleted. */
  onDelete: (() => void) | undefined
  onClear: () => void
}

/** What can be done to all that is selected. */
export function BulkBar({ count, onDelete, onClear }: BulkBarProps) {
  const { t } = useTranslation()
  return (
    <div role="toolbar" aria-label={t('records.selected', { count })} className="flex items-center gap-2">
      <span className="text-13 font-medium">{t('records.selected', { count })}</span>
      {onDelete ? (
        <Button size="small" variant="secondary" icon={Trash2} onClick={onDelete}>
          {t('records.bulk.delete')}
        </Button>
      ) : null}
      <Button size="small" variant="ghost" onClick={onClear}>
        {t('records.bulk.clear')}
      </Button>
    </div>
  )
}
