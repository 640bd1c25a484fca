import { Email, line } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell, type FormShell } from '../../ui/useFormShell.ts'
import { fieldsOf, type RecordKind } from './kinds.ts'
import { RelationPicker } from './RelationField.tsx'
import { useFieldLabel } from './useFieldLabel.ts'
import { usePeople } from './useRecordColumns.tsx'

type Preset = { [field: string]: { id: string; name: string } }
type Props = {
  kind: RecordKind
  open: boolean
  onOpenChange: (open: boolean) => void
  onCreated: (id: string) => void
  /** Relations that are chosen from the start. */
  preset?: Preset
}

/** Makes a record of any object; what it asks comes from the object's description. */
export function NewRecordDialog({ kind, open, onOpenChange, onCreated, preset = {} }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t(`records.${kind.object}.new`)}>
      <NewRecordForm
        kind={kind}
        preset={preset}
        onDone={(id) => {
          onOpenChange(false)
          onCreated(id)
        }}
        onCancel={() => onOpenChange(false)}
      />
    </Dialog>
  )
}

/** What the form holds: text as typed, ids as chosen. It becomes the API's shape at the submit. */
type Typed = Record<string, string | null>

function schemaOf({ object, title, asked }: RecordKind): z.ZodType<Typed, Typed> {
  const fields = fieldsOf(object)
  const shape = asked.map((name): [string, z.ZodType<string | null, string | null>] => {
    const type = fields.get(name)?.type
    if (type === 'relation' || type === 'user') return [name, z.uuid().nullable()]
    return [name, type === 'email' ? z.union([z.literal(''), Email]) : z.string().trim().max(300)]
  })
  return z.object({ [title]: line(200), ...Object.fromEntries(shape) })
}

type FormProps = { kind: RecordKind; preset: Preset; onDone: (id: string) => void; onCancel: () => void }

function NewRecordForm({ kind, preset, onDone, onCancel }: FormProps) {
  const { t } = useTranslation()
  const me = useMe()
  const create = kind.store.useCreate()
  const { edits } = useFieldAccess(kind.object)
  const [key] = useState(() => crypto.randomUUID())
  const blank = useMemo(() => blankOf(kind, preset, me.user.id), [kind, preset, me.user.id])
  const shell = useFormShell<Typed, Typed>({
    schema: useMemo(() => schemaOf(kind), [kind]),
    draft_key: `new-${kind.object}`,
    defaults: blank,
    submit: async (typed) => {
      const given = Object.entries(typed).filter(
        ([field, value]) => field === kind.title || (value !== '' && edits(field)),
      )
      // What is left empty is left out, so that it can follow from the rest; nobody's is said.
      const body = Object.fromEntries(
        given.filter(([field, value]) => value !== null || field === 'owner_id'),
      )
      const record = await create.mutateAsync({ key, body })
      notify.success(t('records.toast.created', { name: typed[kind.title] ?? '' }))
      onDone(record.id)
    },
  })
  const asked = kind.asked.filter(edits)
  const names = asked.filter((name) => fieldsOf(kind.object).get(name)?.type !== 'user')
  const people = asked.filter((name) => !names.includes(name))
  return (
    <Form shell={shell}>
      <AskedField kind={kind} shell={shell} name={kind.title} optional={false} preset={preset} />
      <div className="grid gap-4 sm:grid-cols-2">
        {names.map((name) => (
          <AskedField key={name} kind={kind} shell={shell} name={name} optional preset={preset} />
        ))}
      </div>
      {people.map((name) => (
        <AskedField key={name} kind={kind} shell={shell} name={name} optional preset={preset} />
      ))}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onCancel}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={shell.submitting}>
          {t('common.action.create')}
        </Button>
      </div>
    </Form>
  )
}

function blankOf({ object, title, asked }: RecordKind, preset: Preset, me: string): Typed {
  const fields = fieldsOf(object)
  const values = asked.map((name): [string, string | null] => {
    const type = fields.get(name)?.type
    if (type === 'user') return [name, me]
    return [name, type === 'relation' ? (preset[name]?.id ?? null) : '']
  })
  return { [title]: '', ...Object.fromEntries(values) }
}

type AskedProps = {
  kind: RecordKind
  shell: FormShell<Typed, Typed>
  name: string
  optional: boolean
  preset: Preset
}

function AskedField({ kind, shell, name, optional, preset }: AskedProps) {
  const { t } = useTranslation()
  const label = useFieldLabel(kind.object)(name)
  const people = usePeople()
  const field = fieldsOf(kind.object).get(name)
  return (
    <FormField shell={shell} name={name} label={label} optional={optional}>
      {({ value, onChange, onBlur, ...control }) => {
        if (field?.type === 'relation')
          return (
            <RelationPicker
              to={field.to ?? ''}
              chosen={preset[name] ?? null}
              onBlur={onBlur}
              onChange={onChange}
            />
          )
        if (field?.type === 'user')
          return (
            <Combobox
              value={value ?? null}
              onChange={onChange}
              onBlur={onBlur}
              placeholder={t('records.not_set')}
              options={people}
            />
          )
        return (
          <Input
            {...control}
            value={value ?? ''}
            onChange={onChange}
            onBlur={onBlur}
            autoComplete="off"
            {...(field?.type === 'email' ? { inputMode: 'email' as const } : {})}
            {...(field?.type === 'phone' ? { inputMode: 'tel' as const } : {})}
          />
        )
      }}
    </FormField>
  )
}
