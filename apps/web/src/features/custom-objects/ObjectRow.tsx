import type { CustomObject } from '@rapport/contracts'
import { Archive, ArchiveRestore, ArrowUpRight, Box, Ellipsis, ListPlus, Pencil, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useChangeObject, useRemoveObject } from './api.ts'
import { objectIcons } from './icons.ts'
import { useObjectProblem } from './useObjectProblem.ts'

type Props = { object: CustomObject; handle: ReactNode; onEdit: () => void }

const fieldsPath = (key: string) => `${paths.fields}?object=${key}`

export function ObjectRow({ object, handle, onEdit }: Props) {
  const { t } = useTranslation()
  const { key, label_many, description, roles, retired } = object
  const Icon = objectIcons[object.icon ?? ''] ?? Box
  const seen =
    roles === null ? t('customObjects.everyone') : t('customObjects.some_roles', { count: roles.length })
  return (
    <div className="flex min-h-12 items-center gap-2 border-b border-line py-1.5">
      {handle}
      <span
        data-hue={object.color ?? 'slate'}
        className="flex size-7 shrink-0 items-center justify-center rounded-base bg-hue-bg text-hue-ink"
      >
        <Icon className="size-4" strokeWidth={1.75} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <button
          type="button"
          onClick={onEdit}
          className="-mx-1 block max-w-full truncate rounded-small px-1 text-left text-13 font-medium hover:bg-hover"
        >
          {label_many}
        </button>
        <p className="truncate text-12 text-muted">
          {[description, seen].filter(Boolean).join(' · ')}
          <span className="text-faint"> · {key}</span>
        </p>
      </div>
      {retired ? null : (
        <Link
          to={fieldsPath(key)}
          aria-label={t('customObjects.fields_of', { name: label_many })}
          className={buttonClass('ghost', 'small')}
        >
          {t('customObjects.fields')}
        </Link>
      )}
      <ObjectMenu object={object} onEdit={onEdit} />
    </div>
  )
}

function ObjectMenu({ object, onEdit }: { object: CustomObject; onEdit: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const explain = useObjectProblem()
  const change = useChangeObject()
  const [deleting, setDeleting] = useState(false)
  const { label_many: name, retired } = object
  const tell = { onError: (error: unknown) => notify.problem(t('common.problem.title'), explain(error)) }
  const retire = (next: boolean) =>
    change.mutate(
      { object, change: { retired: next } },
      {
        ...tell,
        onSuccess: (changed) =>
          notify.undo(t(next ? 'customObjects.toast.retired' : 'customObjects.toast.back', { name }), () =>
            change.mutate({ object: changed, change: { retired: !next } }, tell),
          ),
      },
    )
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('customObjects.actions_for', { name })} />}
      >
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {t('customObjects.edit')}
        </MenuItem>
        {retired ? null : (
          <>
            <MenuItem icon={ArrowUpRight} onSelect={() => void navigate(paths.ownRecords(object.key))}>
              {t('customObjects.open')}
            </MenuItem>
            <MenuItem icon={ListPlus} onSelect={() => void navigate(fieldsPath(object.key))}>
              {t('customObjects.fields')}
            </MenuItem>
          </>
        )}
        <MenuItem icon={retired ? ArchiveRestore : Archive} onSelect={() => retire(!retired)}>
          {t(retired ? 'customObjects.bring_back' : 'customObjects.retire')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onSelect={() => setDeleting(true)}>
          {t('customObjects.delete.open')}
        </MenuItem>
      </Menu>
      {deleting ? <DeleteObjectDialog object={object} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}

/** Only an object without records can go; the server knows. */
function DeleteObjectDialog({ object, onClose }: { object: CustomObject; onClose: () => void }) {
  const { t } = useTranslation()
  const explain = useObjectProblem()
  const remove = useRemoveObject()
  const name = object.label_many
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('customObjects.delete.title', { name })}
      description={t('customObjects.delete.text')}
      confirm={t('customObjects.delete.confirm')}
      busy={remove.isPending}
      onConfirm={() =>
        remove.mutate(object.key, {
          onError: (error) => notify.problem(t('common.problem.title'), explain(error)),
          onSuccess: () => notify.success(t('customObjects.toast.deleted', { name })),
          onSettled: onClose,
        })
      }
    />
  )
}
