import { line, roles, viewVisibilities, type View } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMay } from '../../app/session.ts'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { teamsQuery } from '../members/api.ts'
import { useRoleName } from '../members/roles.ts'
import { rolesQuery } from '../roles/api.ts'
import type { savedParts } from './address.ts'
import { useCreateView, useUpdateView } from './api.ts'

type Props = {
  object: string
  open: boolean
  /** The view whose name and readers are changed; null for a new one. */
  view: View | null
  /** What a new one shows. */
  parts: ReturnType<typeof savedParts>
  onClose: () => void
  onSaved: (view: View) => void
}

/** What a view is called, who sees it, and who begins with it. */
export function ViewDialog(props: Props) {
  const { open, view, onClose } = props
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={view ? t('views.edit_title', { name: view.name }) : t('views.new_title')}
    >
      <ViewForm {...props} />
    </Dialog>
  )
}

const Typed = z
  .object({
    name: line(80),
    visibility: z.enum(viewVisibilities),
    team_id: z.uuid().nullable(),
    is_default_for: z.array(z.string()),
  })
  .refine(({ visibility, team_id }) => visibility !== 'team' || team_id !== null, { path: ['team_id'] })

function ViewForm({ object, view, parts, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const create = useCreateView()
  const update = useUpdateView()
  const [key] = useState(() => crypto.randomUUID())
  const mayShare = useMay('views:share')
  const teams = useQuery({ ...teamsQuery, enabled: useMay('teams:read') && mayShare }).data ?? []
  const roleOptions = useRoleOptions()
  const shell = useFormShell({
    schema: Typed,
    defaults: {
      name: view?.name ?? '',
      visibility: view?.visibility ?? 'private',
      team_id: view?.team_id ?? null,
      is_default_for: view?.is_default_for ?? [],
    },
    explain(error) {
      if (isProblem(error) && error.code === 'version_conflict') return { message: t('views.conflict') }
      return null
    },
    async submit({ name, visibility, team_id, is_default_for }) {
      const sharing = {
        visibility,
        team_id: visibility === 'team' ? team_id : null,
        is_default_for: visibility === 'private' ? [] : is_default_for,
      }
      const body = { name, ...(mayShare ? sharing : {}) }
      const saved = view
        ? await update.mutateAsync({ id: view.id, body: { ...body, version: view.version } })
        : await create.mutateAsync({ key, body: { object, ...parts, ...body } })
      notify.success(t('views.saved', { name }))
      onSaved(saved)
      onClose()
    },
  })
  const visibility = shell.form.watch('visibility')
  const readers = viewVisibilities.filter((value) => value !== 'team' || teams.length > 0)
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="name" label={t('views.name')}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      {mayShare ? (
        <FormField shell={shell} name="visibility" label={t('views.readers')}>
          {(field) => (
            <Select
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              options={readers.map((value) => ({ value, label: t(`views.visibility.${value}`) }))}
            />
          )}
        </FormField>
      ) : null}
      {visibility === 'team' ? (
        <FormField shell={shell} name="team_id" label={t('views.team')}>
          {(field) => (
            <Select
              value={field.value ?? null}
              onChange={field.onChange}
              onBlur={field.onBlur}
              options={teams.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </FormField>
      ) : null}
      {mayShare && visibility !== 'private' ? (
        <FormField
          shell={shell}
          name="is_default_for"
          label={t('views.default_for')}
          hint={t('views.default_hint')}
          optional
        >
          {(field) => (
            <MultiCombobox
              value={field.value}
              onChange={field.onChange}
              placeholder={t('views.no_default')}
              options={roleOptions}
            />
          )}
        </FormField>
      ) : null}
      <FormActions submit={t('common.action.save')} busy={shell.submitting} onCancel={onClose} />
    </Form>
  )
}

/** The built-in roles, and those of the organization for whoever may see them. */
function useRoleOptions() {
  const nameOf = useRoleName()
  const own = useQuery({ ...rolesQuery, enabled: useMay('roles:read') }).data ?? []
  return [
    ...roles.map((role) => ({ value: role as string, label: nameOf(role, role) })),
    ...own.filter(({ built_in }) => !built_in).map(({ id, name }) => ({ value: id, label: name })),
  ]
}
