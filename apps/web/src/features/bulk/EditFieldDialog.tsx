import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { AskedLine } from '../records/AskedLine.tsx'
import { useAskedFields, type AskedField, type Asked } from '../records/askedFields.ts'
import type { RecordKind } from '../records/kinds.ts'
import { changeOf } from '../records/recordStore.ts'
import type { ListedRecord } from '../records/stores.ts'
import { useFields } from '../records/useFields.ts'

type Props = {
  kind: RecordKind
  open: boolean
  onClose: () => void
  count: number
  onChosen: (values: Record<string, unknown>) => void
}

/** Gives one field of many records the same value, in the editor of its type. */
export function EditFieldDialog({ kind, open, onClose, count, onChosen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useEditable(kind)
  const fields = useAskedFields(kind, names)
  const [name, setName] = useState<string | null>(null)
  const field = fields.find((one) => one.name === name)
  const close = () => {
    setName(null)
    onClose()
  }
  return (
    <Dialog
      size="small"
      open={open}
      onOpenChange={(next) => {
        if (!next) close()
      }}
      title={t('bulk.edit_title', { count, formatted: format.number(count) })}
    >
      <div className="flex flex-col gap-4">
        <Field label={t('bulk.field')}>
          <Combobox
            value={name}
            onChange={setName}
            options={fields.map((one) => ({ value: one.name, label: one.column.header }))}
            placeholder={t('common.field.choose')}
          />
        </Field>
        {field ? (
          <ValueForm
            key={field.name}
            field={field}
            onCancel={close}
            onChosen={(value) => {
              close()
              onChosen(changeOf({ [field.name]: value }))
            }}
          />
        ) : null}
      </div>
    </Dialog>
  )
}

/** What many records can have alike and the role may fill in. Owners are assigned, stages are moved to. */
function useEditable(kind: RecordKind): string[] {
  const described = useFields(kind.object)
  const { edits } = useFieldAccess(kind.object)
  return useMemo(
    () =>
      [...described.values()]
        .filter(
          ({ name, type, writable }) => writable && type !== 'tags' && name !== 'owner_id' && edits(name),
        )
        .map(({ name }) => name),
    [described, edits],
  )
}

type FormProps = { field: AskedField; onCancel: () => void; onChosen: (value: unknown) => void }

function ValueForm({ field, onCancel, onChosen }: FormProps) {
  const { t } = useTranslation()
  const { control: name, blank, rule, read, column } = field
  const shell = useFormShell<Asked, Asked>({
    schema: useMemo(
      () =>
        z.object({
          [name]: rule.superRefine((typed, context) => {
            const message = column.validate?.(read(typed), {} as ListedRecord) ?? null
            if (message !== null) context.addIssue({ code: 'custom', message })
          }),
        }) as z.ZodType<Asked, Asked>,
      [name, rule, read, column],
    ),
    defaults: { [name]: blank },
    submit: async (typed) => onChosen(read(typed[name] ?? null)),
  })
  return (
    <Form shell={shell}>
      <AskedLine field={field} shell={shell} required />
      <p className="text-12 text-muted">{t('bulk.empty_hint')}</p>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onCancel}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary">
          {t('bulk.edit_do')}
        </Button>
      </div>
    </Form>
  )
}
