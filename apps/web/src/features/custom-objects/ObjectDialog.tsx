import { colors, CustomKey, line, type CustomObject } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { keyFrom } from '../custom-fields/typedField.ts'
import { useRoleName } from '../members/roles.ts'
import { rolesQuery } from '../roles/api.ts'
import { ColorSelect } from '../tags/TagRow.tsx'
import { useChangeObject, useCreateObject } from './api.ts'
import { IconPicker } from './IconPicker.tsx'
import { useObjectProblem } from './useObjectProblem.ts'

type Props = { editing: CustomObject | 'new' | null; onClose: () => void }

/** Makes an object, or changes how it is called, how it looks and who sees it. */
export function ObjectDialog({ editing, onClose }: Props) {
  const { t } = useTranslation()
  const object = editing === 'new' ? null : editing
  return (
    <Dialog
      open={editing !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={object ? object.label_many : t('customObjects.new')}
    >
      {editing ? <ObjectForm key={object?.id ?? 'new'} object={object} onDone={onClose} /> : null}
    </Dialog>
  )
}

const TypedObject = z.object({
  label: line(120),
  label_many: line(120),
  key: CustomKey,
  icon: z.string(),
  color: z.enum(colors),
  description: z.string().trim().max(500),
  roles: z.array(z.string()),
})

function ObjectForm({ object, onDone }: { object: CustomObject | null; onDone: () => void }) {
  const { t } = useTranslation()
  const explain = useObjectProblem()
  const create = useCreateObject()
  const change = useChangeObject()
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const [ownKey, setOwnKey] = useState(false)
  const roles = useQuery(rolesQuery).data ?? []
  const roleName = useRoleName()
  const shell = useFormShell({
    schema: TypedObject,
    defaults: {
      label: object?.label ?? '',
      label_many: object?.label_many ?? '',
      key: object?.key ?? '',
      icon: object?.icon ?? 'box',
      color: object?.color ?? 'blue',
      description: object?.description ?? '',
      roles: object?.roles ?? [],
    },
    explain(error) {
      if (!isProblem(error)) return null
      const about = error.problem.errors?.find(({ path }) => path === 'key')
      if (about?.code === 'taken') return { field: 'key', message: t('customObjects.key_taken') }
      if (about?.code === 'reserved') return { field: 'key', message: t('customObjects.key_reserved') }
      return { message: explain(error) }
    },
    async submit({ key, ...typed }) {
      const body = {
        ...typed,
        description: typed.description || null,
        roles: typed.roles.length > 0 ? typed.roles : null,
      }
      if (object) await change.mutateAsync({ object, change: body })
      else await create.mutateAsync({ key: idempotencyKey, body: { ...body, key } })
      notify.success(
        t(object ? 'customObjects.toast.saved' : 'customObjects.toast.made', { name: typed.label_many }),
      )
      onDone()
    },
  })
  return (
    <Form shell={shell}>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField shell={shell} name="label" label={t('customObjects.label')}>
          {(control) => <Input {...control} autoComplete="off" placeholder={t('customObjects.label_hint')} />}
        </FormField>
        <FormField shell={shell} name="label_many" label={t('customObjects.label_many')}>
          {({ onChange, ...control }) => (
            <Input
              {...control}
              autoComplete="off"
              placeholder={t('customObjects.label_many_hint')}
              onChange={(event) => {
                onChange(event)
                if (!object && !ownKey)
                  shell.form.setValue('key', keyFrom(event.target.value), {
                    shouldValidate: shell.form.formState.isSubmitted,
                  })
              }}
            />
          )}
        </FormField>
      </div>
      <FormField
        shell={shell}
        name="key"
        label={t('customObjects.key')}
        hint={t(object ? 'customObjects.key_fixed' : 'customObjects.key_hint')}
      >
        {({ onChange, ...control }) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            readOnly={object !== null}
            onChange={(event) => {
              setOwnKey(true)
              onChange(event)
            }}
          />
        )}
      </FormField>
      <IconPicker
        label={t('customObjects.icon')}
        hue={shell.form.watch('color')}
        value={shell.form.watch('icon')}
        onChange={(icon) => shell.form.setValue('icon', icon, { shouldDirty: true })}
      />
      <FormField shell={shell} name="color" label={t('customObjects.color')}>
        {({ value, onChange }) => (
          <ColorSelect label={t('customObjects.color')} value={value} onChange={onChange} />
        )}
      </FormField>
      <FormField shell={shell} name="description" label={t('customObjects.description')} optional>
        {(control) => <Input {...control} autoComplete="off" />}
      </FormField>
      <FormField
        shell={shell}
        name="roles"
        label={t('customObjects.roles')}
        hint={t('customObjects.roles_hint')}
        optional
      >
        {({ value, onChange }) => (
          <MultiCombobox
            value={value}
            onChange={onChange}
            placeholder={t('customObjects.everyone')}
            options={roles.map((role) => ({ value: role.id, label: roleName(role.id, role.name) }))}
          />
        )}
      </FormField>
      <FormActions
        submit={t(object ? 'common.action.save' : 'common.action.create')}
        busy={shell.submitting}
        onCancel={onDone}
      />
    </Form>
  )
}
