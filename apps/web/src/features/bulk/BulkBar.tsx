import { assignedObjects } from '@rapport/contracts'
import { Download, PencilLine, RotateCcw, Tag, Trash2, UserRound, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { usePaletteGroup } from '../../ui/paletteGroups.ts'
import { ExportDialog, type Exported } from '../exports/ExportDialog.tsx'
import type { RecordKind } from '../records/kinds.ts'
import { useFields } from '../records/useFields.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { EditFieldDialog } from './EditFieldDialog.tsx'
import { TagDialog } from './TagDialog.tsx'
import type { Selection } from './useSelection.ts'
import { useBulkWork } from './useBulkWork.ts'

type Props = {
  kind: RecordKind
  selection: Selection
  trashed: boolean
  /** The columns and the order in which the records are shown. */
  shown: Pick<Exported, 'columns' | 'sort'>
}

/** What can be done to all that is selected. What the role may not do to some of them is told record by record. */
export function BulkBar({ kind, selection, trashed, shown }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayUpdate = useMay(`${kind.many}:update`)
  const mayDelete = useMay(`${kind.many}:delete`)
  const fields = useFields(kind.object)
  const { edits } = useFieldAccess(kind.object)
  const mayGive = (field: string) => mayUpdate && fields.has(field) && edits(field)
  const [asking, setAsking] = useState<'edit' | 'assign' | 'tag' | 'export' | null>(null)
  const start = useBulkWork(kind, selection)
  const counted = { count: selection.count, formatted: format.number(selection.count) }
  const close = () => setAsking(null)
  usePaletteGroup({
    id: 'selection',
    heading: t('shell.palette.selection', counted),
    items: [
      ...(!trashed && mayUpdate
        ? [{ id: 'edit', label: t('bulk.edit'), icon: PencilLine, run: () => setAsking('edit') }]
        : []),
      ...(!trashed && mayGive('owner_id')
        ? [{ id: 'assign', label: t('bulk.assign'), icon: UserRound, run: () => setAsking('assign') }]
        : []),
      ...(!trashed && mayGive('tags')
        ? [{ id: 'tag', label: t('bulk.tag'), icon: Tag, run: () => setAsking('tag') }]
        : []),
      ...(trashed
        ? []
        : [{ id: 'export', label: t('exports.open'), icon: Download, run: () => setAsking('export') }]),
      ...(mayDelete
        ? [
            trashed
              ? {
                  id: 'restore',
                  label: t('bulk.restore'),
                  icon: RotateCcw,
                  run: () => start({ action: 'restore' }),
                }
              : {
                  id: 'delete',
                  label: t('bulk.delete'),
                  icon: Trash2,
                  run: () => start({ action: 'delete' }),
                },
          ]
        : []),
      { id: 'clear', label: t('records.bulk.clear'), icon: X, run: selection.clear },
    ],
  })
  return (
    <div
      role="toolbar"
      aria-label={t('records.selected', counted)}
      className="flex min-w-0 items-center gap-2 overflow-x-auto"
    >
      <IconButton icon={X} label={t('records.bulk.clear')} onClick={selection.clear} />
      <span className="shrink-0 text-13 font-medium tabular">{t('records.selected', counted)}</span>
      {trashed ? null : (
        <>
          {mayUpdate ? (
            <Button size="small" icon={PencilLine} onClick={() => setAsking('edit')}>
              {t('bulk.edit')}
            </Button>
          ) : null}
          {mayGive('owner_id') ? (
            <Button size="small" icon={UserRound} onClick={() => setAsking('assign')}>
              {t('bulk.assign')}
            </Button>
          ) : null}
          {mayGive('tags') ? (
            <Button size="small" icon={Tag} onClick={() => setAsking('tag')}>
              {t('bulk.tag')}
            </Button>
          ) : null}
          <Button size="small" icon={Download} onClick={() => setAsking('export')}>
            {t('exports.open')}
          </Button>
        </>
      )}
      {!mayDelete ? null : trashed ? (
        <Button size="small" icon={RotateCcw} onClick={() => start({ action: 'restore' })}>
          {t('bulk.restore')}
        </Button>
      ) : (
        <Button size="small" icon={Trash2} onClick={() => start({ action: 'delete' })}>
          {t('bulk.delete')}
        </Button>
      )}
      <ExportDialog
        kind={kind}
        exported={{ ...shown, chosen: selection.chosen, count: selection.count }}
        open={asking === 'export'}
        onClose={close}
      />
      <EditFieldDialog
        kind={kind}
        open={asking === 'edit'}
        onClose={close}
        count={selection.count}
        onChosen={(values) => start({ action: 'update', values })}
      />
      <AssignDialog
        open={asking === 'assign'}
        onClose={close}
        count={selection.count}
        hasRules={assignedObjects.some((one) => one === kind.object)}
        onChosen={(wish) => start({ action: 'assign', ...wish })}
      />
      <TagDialog
        open={asking === 'tag'}
        onClose={close}
        count={selection.count}
        onChosen={(wish) => start({ action: 'tag', ...wish })}
      />
    </div>
  )
}
