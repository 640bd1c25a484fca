import { SearchX, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { RecordKind } from './kinds.ts'
import { useKindWords } from './useKindWords.ts'

type Props = {
  kind: RecordKind
  narrowed: boolean
  trashed: boolean
  onClear: () => void
  /** Absent for those who may not make any. */
  onCreate: (() => void) | undefined
}

/** Says why there is nothing to see and what to do about it. */
export function NothingThere({ kind, narrowed, trashed, onClear, onCreate }: Props) {
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const mayImport = useMay('leads:import') && kind.has_imports === true
  if (narrowed)
    return (
      <EmptyState
        icon={SearchX}
        title={t('records.empty.filtered_title')}
        text={t('records.empty.filtered_text')}
        actions={<Button onClick={onClear}>{t('records.empty.clear')}</Button>}
      />
    )
  if (trashed)
    return (
      <EmptyState icon={Trash2} title={t('records.empty.trash_title')} text={t('records.empty.trash_text')} />
    )
  return (
    <EmptyState
      icon={kind.icon}
      title={wordOf(kind, 'empty_title')}
      text={wordOf(kind, 'empty_text')}
      actions={
        <>
          {mayImport ? (
            <Link to={paths.importsOf(kind.object)} className={buttonClass('secondary')}>
              {t('records.import')}
            </Link>
          ) : null}
          {onCreate ? (
            <Button variant="primary" onClick={onCreate}>
              {wordOf(kind, 'new')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}
