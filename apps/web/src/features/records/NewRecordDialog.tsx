import { line } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AskedLine, type Preset } from './AskedLine.tsx'
import { useAskedFields, type Typed } from './askedFields.ts'
import type { RecordKind } from './kinds.ts'

type Props = {
  kind: RecordKind
  open: boolean
  onOpenChange: (open: boolean) => void
  onCreated: (id: string) => void
  preset?: Preset
}

const nothing: Preset = {}

/** Makes a record of any object; what it asks comes from the object's description. */
export function NewRecordDialog({ kind, open, onOpenChange, onCreated, preset = nothing }: Props) {
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

type FormProps = { kind: RecordKind; preset: Preset; onDone: (id: string) => void; onCancel: () => void }

function NewRecordForm({ kind, preset, onDone, onCancel }: FormProps) {
  const { t } = useTranslation()
  const me = useMe()
  const create = kind.store.useCreate()
  const [key] = useState(() => crypto.randomUUID())
  const asked = useAskedFields(kind, kind.asked)
  const title = useAskedFields(kind, [kind.title])
  const shell = useFormShell<Typed, Typed>({
    schema: useMemo(
      () =>
        z.object({
          ...Object.fromEntries(asked.map(({ name, rule }) => [name, rule])),
          [kind.title]: line(200),
        }),
      [kind, asked],
    ),
    draft_key: `new-${kind.object}`,
    defaults: {
      [kind.title]: '',
      ...Object.fromEntries(
        asked.map(({ name, column, blank }) => [
          name,
          column.type === 'user' ? me.user.id : (preset[name]?.id ?? blank),
        ]),
      ),
    },
    submit: async (typed) => {
      // What is left empty is left out, so that it can follow from the rest; nobody's is said.
      const given = asked
        .map(({ name, column, read }) => ({
          name,
          value: read(typed[name] ?? null),
          says: column.type === 'user',
        }))
        .filter(({ value, says }) => value !== null || says)
      const values = Object.fromEntries(given.map(({ name, value }) => [name, value]))
      const record = await create.mutateAsync({ key, body: { ...values, [kind.title]: typed[kind.title] } })
      notify.success(t('records.toast.created', { name: typed[kind.title] ?? '' }))
      onDone(record.id)
    },
  })
  const people = asked.filter(({ column }) => column.type === 'user')
  const others = asked.filter(({ column }) => column.type !== 'user')
  return (
    <Form shell={shell}>
      {title.map((field) => (
        <AskedLine key={field.name} field={field} shell={shell} preset={preset} required />
      ))}
      <div className={cx('grid gap-4 sm:grid-cols-2', others.length % 2 === 1 && 'sm:*:first:col-span-2')}>
        {others.map((field) => (
          <AskedLine key={field.name} field={field} shell={shell} preset={preset} />
        ))}
      </div>
      {people.map((field) => (
        <AskedLine key={field.name} field={field} shell={shell} preset={preset} />
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
