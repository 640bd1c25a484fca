import { SearchX, Trash2, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

type Props = { narrowed: boolean; trashed: boolean; onClear: () => void; onCreate: () => void }

/** Says why there is nothing to see and what to do about it. */
export function LeadsEmpty({ narrowed, trashed, onClear, onCreate }: Props) {
  const { t } = useTranslation()
  const mayCreate = useMay('leads:create')
  const mayImport = useMay('leads:import')
  if (narrowed)
    return (
      <EmptyState
        icon={SearchX}
        title={t('leads.empty.filtered_title')}
        text={t('leads.empty.filtered_text')}
        actions={<Button onClick={onClear}>{t('leads.empty.clear')}</Button>}
      />
    )
  if (trashed)
    return (
      <EmptyState icon={Trash2} title={t('leads.empty.trash_title')} text={t('leads.empty.trash_text')} />
    )
  return (
    <EmptyState
      icon={UsersRound}
      title={t('leads.empty.title')}
      text={t('leads.empty.text')}
      actions={
        <>
          {mayImport ? (
            <Link to={paths.imports} className={buttonClass('secondary')}>
              {t('leads.empty.import')}
            </Link>
          ) : null}
          {mayCreate ? (
            <Button variant="primary" onClick={onCreate}>
              {t('leads.new')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}
