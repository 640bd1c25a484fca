import type { Import } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { keptQuery, useUndoImport } from './api.ts'
import { useReason } from './refusal.ts'
import { importedKind } from './useImportKinds.ts'
import { useTargetLabel } from './useTargetLabel.ts'

/** Asks first: what it takes back is as much as the import brought. */
export function UndoButton({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const reason = useReason()
  const kind = importedKind(shown.object)
  const may = [useMay(`${kind.many}:delete`), useMay(`${kind.many}:update`)]
  const undo = useUndoImport(shown.id)
  const [asking, setAsking] = useState(false)
  const { created, updated, companies, state } = shown
  if (state === 'undone' || created + updated === 0 || may.includes(false)) return null
  const begin = () =>
    undo.mutate(undefined, {
      onError: (error) => {
        setAsking(false)
        notify.problem(t('common.problem.title'), reason(error))
      },
    })
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      trigger={<Button icon={Undo2}>{t('imports.undo.open')}</Button>}
      title={t('imports.undo.title')}
      description={[
        t('imports.undo.text', { created: format.number(created), updated: format.number(updated) }),
        ...(companies > 0 ? [t('imports.undo.companies', { formatted: format.number(companies) })] : []),
      ].join(' ')}
      confirm={t('imports.undo.confirm')}
      busy={undo.isPending}
      onConfirm={begin}
    />
  )
}

/** What was changed since, and so was left. */
export function KeptRecords({ shown }: { shown: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useTargetLabel(shown.object)
  const { data = [] } = useQuery({ ...keptQuery(shown.id), enabled: shown.kept > 0 })
  if (shown.kept === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-15 font-semibold">
        {t('imports.undo.kept', { count: shown.kept, formatted: format.number(shown.kept) })}
      </h2>
      <p className="text-13 text-muted">{t('imports.undo.kept_text')}</p>
      <ul>
        {data.map(({ object, record_id, name, fields }) => (
          <li
            key={`${record_id} ${fields.join()}`}
            className="flex gap-3 border-b border-line py-1.5 text-13 last:border-b-0"
          >
            <Link
              to={importedKind(object).pathOf(record_id)}
              className="min-w-0 flex-1 truncate font-medium hover:underline"
            >
              {name ?? t('imports.undo.unseen')}
            </Link>
            <span className="min-w-0 truncate text-muted">{fields.map(labelOf).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
