import type { FormulaCheck, FormulaFault } from '@rapport/contracts'
import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

type Props = {
  formula: string
  /** Null while somebody types. */
  checked: UseQueryResult<FormulaCheck> | null
}

/** What the formula gives for a record that is there, or what is wrong with it and where. */
export function FormulaResult({ formula, checked }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  if (formula.trim() === '') return <p className="text-12 text-muted">{t('customFields.formula.hint')}</p>
  const reply = checked?.data
  return (
    <output className="block min-h-10 text-12 text-muted">
      {checked?.isError ? describe(checked.error) : null}
      {reply?.fault ? <Fault formula={formula} fault={reply.fault} /> : null}
      {reply && !reply.fault ? <Given reply={reply} /> : null}
    </output>
  )
}

function Fault({ formula, fault }: { formula: string; fault: FormulaFault }) {
  const { t } = useTranslation()
  const { reason, start, end, name = '', expected = '', found = '' } = fault
  const typeName = (type: string) => {
    const known = (['number', 'text', 'boolean', 'date', 'list'] as const).find((one) => one === type)
    return known ? t(`customFields.formula.result.${known}`) : type
  }
  const words = { name, expected: typeName(expected), found: typeName(found) }
  return (
    <div className="flex items-start gap-1.5 text-danger-ink">
      <CircleAlert className="mt-px size-4 shrink-0" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0">
        <p>
          {reason === 'syntax' && found === ''
            ? t('customFields.formula.reason.unfinished')
            : t(`customFields.formula.reason.${reason}`, words)}
        </p>
        {end > start ? (
          <p className="truncate font-mono text-muted">
            {formula.slice(Math.max(0, start - 24), start)}
            <mark className="rounded-small bg-danger-soft px-px text-danger-ink underline decoration-wavy">
              {formula.slice(start, end)}
            </mark>
            {formula.slice(end, end + 24)}
          </p>
        ) : null}
      </div>
    </div>
  )
}

function Given({ reply }: { reply: FormulaCheck }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { example, formula_type: type } = reply
  const shown = () => {
    if (example === null || example.value === null) return t('customFields.formula.empty')
    if (typeof example.value === 'number') return format.number(example.value)
    if (typeof example.value === 'boolean') return t(example.value ? 'table.boolean.yes' : 'table.boolean.no')
    return type === 'date' ? format.date(`${String(example.value)}T00:00:00`) : String(example.value)
  }
  return (
    <div className="flex items-start gap-1.5">
      <CircleCheck className="mt-px size-4 shrink-0 text-success-ink" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0">
        <p>{t('customFields.formula.gives', { type: t(`customFields.formula.result.${type ?? 'text'}`) })}</p>
        {example ? (
          <p className="truncate">
            {t('customFields.formula.example', { name: example.name })}{' '}
            <span className="font-medium text-ink tabular-nums">{shown()}</span>
          </p>
        ) : null}
      </div>
    </div>
  )
}
