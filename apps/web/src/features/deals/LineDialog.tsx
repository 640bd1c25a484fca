import { lineAmounts, line as oneLine, type LineItem } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { queryClient } from '../../app/queryClient.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { readNumber } from '../../ui/fields/readNumber.ts'
import { useFormShell, type FormShell } from '../../ui/useFormShell.ts'
import { productStore } from '../records/stores.ts'
import { RelationPicker } from '../records/RelationField.tsx'
import { useAddLine, useChangeLine } from './api.ts'

type Props = { deal_id: string; line: LineItem | null; currency: string; onClose: () => void }

/** Numbers are held as they are typed. */
type Typed = {
  product_id: string | null
  name: string
  description: string
  quantity: string
  unit: string
  unit_price: string
  discount_percent: string
  tax_percent: string
}

const numbers = ['quantity', 'unit_price', 'discount_percent', 'tax_percent'] as const

/** A line of a deal: of a product, which fills in the rest, or of anything else. */
export function LineDialog({ deal_id, line, currency, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const add = useAddLine(deal_id)
  const change = useChangeLine(deal_id)
  const schema = useMemo(() => {
    const amount = z
      .string()
      .trim()
      .refine((text) => (readNumber(text, language) ?? -1) >= 0, t('common.invalid.number'))
    return z.object({
      product_id: z.uuid().nullable(),
      name: oneLine(200),
      description: z.string().trim().max(2000),
      unit: z.string().trim().max(40),
      ...Object.fromEntries(numbers.map((name) => [name, amount])),
    }) as unknown as z.ZodType<Typed, Typed>
  }, [language, t])
  const shell = useFormShell<Typed, Typed>({
    schema,
    defaults: typedOf(line, language),
    submit: async (typed) => {
      const { product_id, name, description, unit } = typed
      const amounts = readNumbers(typed, language)
      const body = { product_id, name, description: description || null, unit: unit || null, ...amounts }
      await (line ? change.mutateAsync({ line_id: line.id, ...body }) : add.mutateAsync(body))
      onClose()
    },
  })
  const takeProduct = async (id: string | null) => {
    if (id === null) return
    const product = await queryClient.fetchQuery(productStore.recordQuery(id))
    const told = (value: unknown): string =>
      typeof value === 'number' ? write(value, language) : typeof value === 'string' ? value : ''
    shell.form.setValue('name', told(product['name']), { shouldValidate: true })
    shell.form.setValue('description', told(product['description']))
    shell.form.setValue('unit', told(product['unit']))
    // A price in another currency says nothing about this deal.
    if (product['currency'] === currency) shell.form.setValue('unit_price', told(product['price']) || '0')
    shell.form.setValue('tax_percent', told(product['tax_rate']) || '0')
  }
  const text = (name: Exclude<keyof Typed, 'product_id'>, optional: boolean, trailing?: string) => (
    <FormField shell={shell} name={name} label={t(`deals.line.${name}`)} optional={optional}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          {...(numbers.some((one) => one === name) ? { inputMode: 'decimal' as const } : {})}
          {...(trailing ? { trailing: <span className="px-2">{trailing}</span> } : {})}
        />
      )}
    </FormField>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t(line ? 'deals.lines.edit' : 'deals.lines.add')}
    >
      <Form shell={shell}>
        <FormField shell={shell} name="product_id" label={t('records.product.one')} optional>
          {({ onChange, onBlur }) => (
            <RelationPicker
              to="product"
              chosen={line?.product_id ? { id: line.product_id, name: line.name } : null}
              onBlur={onBlur}
              onChange={(id) => {
                onChange(id)
                void takeProduct(id)
              }}
            />
          )}
        </FormField>
        {text('name', false)}
        {text('description', true)}
        <div className="grid grid-cols-2 gap-4">
          {text('quantity', false)}
          {text('unit', true)}
          {text('unit_price', false, currency)}
          {text('discount_percent', false, '%')}
          {text('tax_percent', false, '%')}
          <LineSum shell={shell} currency={currency} />
        </div>
        <FormActions
          submit={t(line ? 'common.action.save' : 'deals.lines.add')}
          busy={shell.submitting}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  )
}

/** What the line comes to, while it is typed. */
function LineSum({ shell, currency }: { shell: FormShell<Typed, Typed>; currency: string }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const typed = useWatch({ control: shell.form.control })
  const { net } = lineAmounts(readNumbers(typed, i18n.language), currency)
  return (
    <p className="flex flex-col justify-end pb-1.5 text-right text-13 tabular" aria-live="polite">
      <span className="text-12 text-muted">{t('deals.lines.net')}</span>
      <span className="font-medium">{format.money(net, currency)}</span>
    </p>
  )
}

const write = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 4 }).format(value)

function typedOf(line: LineItem | null, language: string): Typed {
  return {
    product_id: line?.product_id ?? null,
    name: line?.name ?? '',
    description: line?.description ?? '',
    unit: line?.unit ?? '',
    quantity: write(line?.quantity ?? 1, language),
    unit_price: write(line?.unit_price ?? 0, language),
    discount_percent: write(line?.discount_percent ?? 0, language),
    tax_percent: write(line?.tax_percent ?? 0, language),
  }
}

function readNumbers(typed: Partial<Typed>, language: string) {
  const read = (name: (typeof numbers)[number]) => Math.max(0, readNumber(typed[name] ?? '', language) ?? 0)
  return {
    quantity: read('quantity'),
    unit_price: read('unit_price'),
    discount_percent: read('discount_percent'),
    tax_percent: read('tax_percent'),
  }
}
