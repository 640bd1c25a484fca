import { type CustomFieldType, type ImportUpload } from '@rapport/contracts'
import { useMutation } from '@tanstack/react-query'
import { ListPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { customFieldsQuery, useCustomFields } from '../custom-fields/api.ts'
import { columnsWithoutField, type Column } from './mapping.ts'
import type { Mapping } from './plan.ts'

/** Types that a column of texts can become by itself; the others need more to be said. */
const makable = [
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'select',
  'multi_select',
  'url',
  'email',
  'phone',
] as const satisfies readonly CustomFieldType[]
type Makable = (typeof makable)[number]
const isMakable = (type: string): type is Makable => makable.some((one) => one === type)

type Props = { shown: ImportUpload; mapping: Mapping }
type Choice = { wanted: boolean; type: Makable }

/** Columns that are kept without a field can get one, of the type that all their values have. */
export function MakeFields({ shown, mapping }: Props) {
  const { t } = useTranslation()
  const own = useCustomFields(shown.object)
  const mayMake = useMay('custom_fields:manage')
  const loose = columnsWithoutField(mapping, own)
  const columns = shown.columns.filter(({ name }) => loose.includes(name))
  const [open, setOpen] = useState(false)
  if (columns.length === 0) return null
  return (
    <section className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-3">
      <p className="min-w-56 flex-1 text-13 text-muted">
        {t('imports.fields.text', { count: columns.length })}
      </p>
      {mayMake ? (
        <Dialog
          size="large"
          open={open}
          onOpenChange={setOpen}
          trigger={
            <Button size="small" icon={ListPlus}>
              {t('imports.fields.open')}
            </Button>
          }
          title={t('imports.fields.title')}
          description={t('imports.fields.hint')}
        >
          {open ? (
            <Maker object={shown.object} columns={columns} mapping={mapping} onDone={() => setOpen(false)} />
          ) : null}
        </Dialog>
      ) : null}
    </section>
  )
}

type MakerProps = { object: string; columns: readonly Column[]; mapping: Mapping; onDone: () => void }

function Maker({ object, columns, mapping, onDone }: MakerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(columns.map((column) => [column.name, { wanted: true, type: suggested(column) }])),
  )
  const choose = (name: string, part: Partial<Choice>) =>
    setChoices((now) => {
      const before = now[name]
      return before ? { ...now, [name]: { ...before, ...part } } : now
    })
  const wanted = columns.filter(({ name }) => choices[name]?.wanted)
  const make = useMutation({
    // One after the other, in the order of the file.
    async mutationFn() {
      for (const column of wanted)
        await rapport.customFields.create({
          body: fieldOf(object, column, mapping[column.name] ?? '', choices[column.name]?.type ?? 'text'),
        })
    },
    onSuccess: () => {
      notify.success(
        t('imports.fields.made', { count: wanted.length, formatted: format.number(wanted.length) }),
      )
      onDone()
    },
    onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: customFieldsQuery.queryKey })
      queryClient.removeQueries({ queryKey: ['import-checks'] })
    },
  })
  return (
    <div className="flex flex-col gap-3 pb-3">
      <ul>
        {columns.map((column) => (
          <li
            key={column.name}
            className="grid grid-cols-[minmax(0,1fr)] items-center gap-x-4 gap-y-1.5 border-b border-line py-2 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_13rem]"
          >
            <div className="min-w-0">
              <Checkbox
                checked={choices[column.name]?.wanted ?? false}
                onChange={(next) => choose(column.name, { wanted: next })}
              >
                {column.name}
              </Checkbox>
              <p className="truncate pl-6 text-12 text-faint">{column.examples.join(' · ')}</p>
            </div>
            <Select
              size="small"
              label={t('imports.fields.type_of', { column: column.name })}
              disabled={!choices[column.name]?.wanted}
              options={makable.map((value) => ({ value, label: t(`customFields.type.${value}.name`) }))}
              value={choices[column.name]?.type ?? 'text'}
              onChange={(type) => choose(column.name, { type })}
            />
          </li>
        ))}
      </ul>
      <Button
        variant="primary"
        className="self-end"
        disabled={wanted.length === 0}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {t('imports.fields.make', { count: wanted.length, formatted: format.number(wanted.length) })}
      </Button>
    </div>
  )
}

function suggested({ suggested_field }: Column): Makable {
  const type = suggested_field?.type ?? 'text'
  return isMakable(type) ? type : 'text'
}

/** A choice gets the values of the column as its options. */
function fieldOf(object: string, column: Column, target: string, type: Makable) {
  const isChoice = type === 'select' || type === 'multi_select'
  const options = isChoice ? (column.suggested_field?.options ?? []) : []
  return {
    object,
    key: target.replace(/^custom\./, ''),
    label: column.name.slice(0, 120),
    type: isChoice && options.length === 0 ? ('text' as const) : type,
    ...(options.length > 0 ? { options } : {}),
  }
}
