import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import type { Selection } from './useSelection.ts'

type Props = { selection: Selection; total: number | undefined }

/** Says whether only what is loaded is meant or all that is found, and lets one change that. */
export function SelectionNotice({ selection, total = 0 }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { everything, mayWiden, shown, count } = selection
  if (!everything && !mayWiden) return null
  return (
    <output className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b border-line bg-selected px-4 py-1.5 text-13">
      <span>
        {everything
          ? t('bulk.all_selected', { count, formatted: format.number(count) })
          : t('bulk.page_selected', { count: shown.size, formatted: format.number(shown.size) })}
      </span>
      {everything ? (
        <Button size="small" variant="ghost" onClick={selection.clear}>
          {t('records.bulk.clear')}
        </Button>
      ) : (
        <Button size="small" onClick={selection.widen}>
          {t('bulk.select_all', { count: total, formatted: format.number(total) })}
        </Button>
      )}
    </output>
  )
}
