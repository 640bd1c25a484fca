import { line } from '@rapport/contracts'
import { ChevronRight } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '../../app/session.ts'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions } from '../../ui/Form.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AskedLine, type Preset } from './AskedLine.tsx'
import { useAskedFields, useAskedOwn, type Asked } from './askedFields.ts'
import { EntryDuplicates } from '../duplicates/EntryDuplicates.tsx'
import type { RecordKind } from './kinds.ts'
import { changeOf } from './recordStore.ts'
import { useKindWords } from './useKindWords.ts'

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
  const { wordOf } = useKindWords()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={wordOf(kind, 'new')}>
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
  const own = useAskedOwn(kind)
  const asked = useAskedFields(
    kind,
    useMemo(() => [...kind.asked, ...own.needed], [kind, own]),
  )
  const more = useAskedFields(kind, own.more)
  const all = useMemo(() => [...asked, ...more], [asked, more])
  const title = useAskedFields(kind, [kind.title])
  const shell = useFormShell<Asked, Asked>({
    schema: useMemo(
      () =>
        z.object({
          ...Object.fromEntries(all.map(({ control, rule }) => [control, rule])),
          [kind.title]: line(200),
        }),
      [kind, all],
    ),
    draft_key: `new-${kind.object}`,
    defaults: {
      [kind.title]: '',
      ...Object.fromEntries(
        all.map(({ name, control, column, blank }) => [
          control,
          column.type === 'user' && kind.asked.includes(name) ? me.user.id : (preset[name]?.id ?? blank),
        ]),
      ),
    },
    submit: async (typed) => {
      // What is left empty is left out, so that it can follow from the rest; nobody's is said.
      const given = all
        .map(({ name, control, column, read }) => ({
          name,
          value: read(typed[control] ?? null),
          says: column.type === 'user',
        }))
        .filter(({ value, says }) => value !== null || says)
      const values = changeOf(Object.fromEntries(given.map(({ name, value }) => [name, value])))
      const record = await create.mutateAsync({ key, body: { ...values, [kind.title]: typed[kind.title] } })
      notify.success(t('records.toast.created', { name: String(typed[kind.title] ?? '') }))
      onDone(record.id)
    },
  })
  const typed = shell.form.watch()
  const entered = changeOf(
    Object.fromEntries(
      [...title, ...all].flatMap(({ name, control, read }): [string, unknown][] => {
        const value = read(typed[control] ?? null)
        return value === null || value === '' ? [] : [[name, value]]
      }),
    ),
  )
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
      {more.length > 0 ? (
        <MoreFields label={t('records.more_fields', { count: more.length })}>
          {more.map((field) => (
            <AskedLine key={field.name} field={field} shell={shell} preset={preset} />
          ))}
        </MoreFields>
      ) : null}
      <EntryDuplicates kind={kind} values={entered} />
      <FormActions submit={t('common.action.create')} busy={shell.submitting} onCancel={onCancel} />
    </Form>
  )
}

/** What is seldom filled in at once, one step away. */
function MoreFields({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-small text-12 font-medium text-muted hover:text-ink">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        {label}
      </summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">{children}</div>
    </details>
  )
}
