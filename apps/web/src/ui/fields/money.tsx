import { number } from './number.ts'
import type { FieldControlProps, FieldType } from './types.ts'
import { TextControl } from './written.tsx'

export const money: FieldType = {
  ...number,
  filter: 'money',
  read: (text, about, format) => {
    const parsed = number.read(text, about, format)
    return parsed.ok ? { ok: true, value: round(Number(parsed.value), about.currency) } : parsed
  },
  write: (value, about, format) =>
    typeof value === 'number' && about.currency
      ? format.money(value, about.currency)
      : number.write(value, about, format),
  Control: MoneyControl,
}

function MoneyControl(props: FieldControlProps) {
  return <TextControl {...props} trailing={<span className="px-2">{props.currency}</span>} />
}

/** The API takes at most the currency's minor digits. */
function round(value: number, currency: string | undefined): number {
  const digits = currency
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2)
    : 2
  return Number(value.toFixed(digits))
}
