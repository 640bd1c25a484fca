import type { CustomField } from '@rapport/contracts'
import { Archive, ArchiveRestore, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useChangeField, useRemoveField } from './api.ts'
import { typeIcons } from './typeIcons.ts'
import { useTellFieldProblem } from './useFieldProblem.ts'

type Props = { field: CustomField; handle: ReactNode; onEdit: () => void }

export function FieldRow({ field, handle, onEdit }: Props) {
  const { t } = useTranslation()
  const mayManage = useMay('custom_fields:manage')
  const retired = field.retired_at !== null
  const Icon = typeIcons[field.type]
  return (
    <div className="flex min-h-12 items-center gap-2 border-b border-line py-1.5">
      {handle}
      <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0 flex-1">
        {mayManage ? (
          <button
            type="button"
            onClick={onEdit}
            className={cx(
              '-mx-1 block max-w-full truncate rounded-small px-1 text-left text-13 font-medium hover:bg-hover',
              retired && 'text-muted',
            )}
          >
            {field.label}
          </button>
        ) : (
          <p className="truncate text-13 font-medium">{field.label}</p>
        )}
        <p className="truncate text-12 text-muted">
          {t(`customFields.type.${field.type}.name`)}
          <span className="text-faint"> · custom.{field.key}</span>
        </p>
      </div>
      <span className="hidden gap-1 sm:flex">
        {field.required ? <Badge>{t('customFields.required')}</Badge> : null}
        {field.unique ? <Badge>{t('customFields.unique')}</Badge> : null}
      </span>
      {mayManage ? <FieldMenu field={field} onEdit={onEdit} /> : null}
    </div>
  )
}

function FieldMenu({ field, onEdit }: { field: CustomField; onEdit: () => void }) {
  const { t } = useTranslation()
  const tell = useTellFieldProblem()
  const change = useChangeField()
  const [deleting, setDeleting] = useState(false)
  const retired = field.retired_at !== null
  const retire = (next: boolean) =>
    change.mutate(
      { field, change: { retired: next } },
      {
        ...tell,
        onSuccess: (changed) =>
          notify.undo(
            t(next ? 'customFields.toast.retired' : 'customFields.toast.back', { name: field.label }),
            () => change.mutate({ field: changed, change: { retired: !next } }, tell),
          ),
      },
    )
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('customFields.actions_for', { name: field.label })} />}
      >
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {t('customFields.edit')}
        </MenuItem>
        <MenuItem icon={retired ? ArchiveRestore : Archive} onSelect={() => retire(!retired)}>
          {t(retired ? 'customFields.bring_back' : 'customFields.retire')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onSelect={() => setDeleting(true)}>
          {t('customFields.delete.open')}
        </MenuItem>
      </Menu>
      {deleting ? <DeleteFieldDialog field={field} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}

/** Only a field that no record has a value of can go; the server knows. */
function DeleteFieldDialog({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTellFieldProblem()
  const remove = useRemoveField()
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('customFields.delete.title', { name: field.label })}
      description={t('customFields.delete.text')}
      confirm={t('customFields.delete.confirm')}
      busy={remove.isPending}
      onConfirm={() =>
        remove.mutate(field.id, {
          onError: tell.onError,
          onSuccess: () => notify.success(t('customFields.toast.deleted', { name: field.label })),
          onSettled: onClose,
        })
      }
    />
  )
}
