import type { View, ViewColumn } from '@rapport/contracts'
import { CircleDot, RotateCcw, Save } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { savedParts } from './address.ts'
import { useCreateView, useRemoveView, useUpdateView } from './api.ts'
import type { ViewHandle } from './types.ts'
import { allRecords } from './useChosenView.ts'
import { ViewDialog } from './ViewDialog.tsx'
import { ViewMenu } from './ViewMenu.tsx'

type ViewBarProps = {
  object: string
  all: string
  views: readonly View[]
  view: ViewHandle
  /** As they stand on screen, wherever they come from. */
  columns: readonly ViewColumn[]
  presets?: readonly { label: string; address: Readonly<Record<string, string>> }[]
}

const none: NonNullable<ViewBarProps['presets']> = []

/** The view on screen, whether it was changed, and what to do about that. */
export function ViewBar({ object, all, views, view, columns, presets = none }: ViewBarProps) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const mayKeep = useMay('views:create')
  const create = useCreateView()
  const update = useUpdateView()
  const remove = useRemoveView()
  const [dialog, setDialog] = useState<'new' | 'edit' | null>(null)
  const { saved, changed, arrangement } = view
  const shown = { ...savedParts(arrangement), columns: [...columns] }

  const save = async () => {
    if (!saved) return
    try {
      // Only what was changed here: the rest may hold what this reader does not see.
      await update.mutateAsync({ id: saved.id, body: { ...changesOf(saved, shown), version: saved.version } })
      view.reset()
      notify.success(t('views.saved', { name: saved.name }))
    } catch (error) {
      const stale = isProblem(error) && error.code === 'version_conflict'
      notify.problem(t('views.not_saved'), stale ? t('views.conflict') : describe(error))
    }
  }
  const drop = async (gone: View) => {
    try {
      await remove.mutateAsync(gone)
      view.choose(allRecords)
      notify.undo(t('views.deleted', { name: gone.name }), () => void bringBack(gone))
    } catch (error) {
      notify.problem(t('views.not_deleted'), describe(error))
    }
  }
  const bringBack = async (gone: View) => {
    const { name, visibility, team_id, position, is_default_for } = gone
    const { layout, columns: kept, filter, sort, group_by, date_field, pipeline_id } = gone
    const body = { object, name, visibility, team_id, position, is_default_for }
    const parts = { layout, columns: kept, filter, sort, group_by, date_field, pipeline_id }
    try {
      const back = await create.mutateAsync({ key: crypto.randomUUID(), body: { ...body, ...parts } })
      view.choose(back.id)
    } catch (error) {
      notify.problem(t('views.not_saved'), describe(error))
    }
  }

  return (
    <>
      <ViewMenu
        all={all}
        views={views}
        chosen={saved}
        onChoose={view.choose}
        presets={presets.map(({ label, address }) => ({ label, onSelect: () => view.startOver?.(address) }))}
        onNew={mayKeep ? () => setDialog('new') : undefined}
        onEdit={saved?.can.update ? () => setDialog('edit') : undefined}
        onDelete={saved?.can.delete ? () => void drop(saved) : undefined}
      />
      {changed ? (
        <span className="inline-flex items-center gap-1">
          <span className="inline-flex items-center gap-1 px-1 text-12 text-muted">
            <CircleDot className="size-3.5 text-accent-ink" aria-hidden />
            <span className="max-sm:sr-only">{t('views.changed')}</span>
          </span>
          {saved?.can.update ? (
            <Button
              size="small"
              variant="primary"
              icon={Save}
              loading={update.isPending}
              onClick={() => void save()}
            >
              {t('common.action.save')}
            </Button>
          ) : null}
          {mayKeep ? (
            <Button size="small" variant="ghost" onClick={() => setDialog('new')}>
              {t('views.save_new')}
            </Button>
          ) : null}
          <Button size="small" variant="ghost" icon={RotateCcw} onClick={view.reset}>
            {t('views.reset')}
          </Button>
        </span>
      ) : null}
      <ViewDialog
        key={`${dialog} ${saved?.id}`}
        object={object}
        open={dialog !== null}
        view={dialog === 'edit' ? saved : null}
        parts={shown}
        onClose={() => setDialog(null)}
        onSaved={({ id }) => (dialog === 'new' ? view.choose(id) : undefined)}
      />
    </>
  )
}

type Parts = ReturnType<typeof savedParts>

function changesOf(saved: View, parts: Parts): Partial<Parts> {
  const changed = (Object.keys(parts) as (keyof Parts)[]).filter(
    (part) => JSON.stringify(parts[part]) !== JSON.stringify(saved[part]),
  )
  return Object.fromEntries(changed.map((part) => [part, parts[part]]))
}
