import type { FieldDescription, Group } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { ColourDot } from '../../ui/ColourDot.tsx'
import { useFormat } from '../../ui/format.ts'
import type { RecordKind } from './kinds.ts'
import { useChoices } from './useChoices.ts'
import { useFieldLabel } from './useFieldLabel.ts'

/** What a group has in common, how many it holds and what they are worth. */
export function GroupHeading({
  kind,
  field,
  group,
}: {
  kind: RecordKind
  field: FieldDescription
  group: Group
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useFieldLabel()
  const choices = useChoices(kind.object)(field)
  const { value, name, count, sums } = group
  const choice = choices?.all.find((one) => one.value === value)
  const isMonth = field.type === 'date' || field.type === 'datetime'
  const label =
    value === null
      ? t('views.no_value', { field: labelOf(field.name) })
      : isMonth
        ? format.month(value)
        : (choice?.label ?? name ?? value)
  return (
    <>
      <span className="inline-flex min-w-0 items-center gap-1.5 font-medium">
        {choice?.hue ? <ColourDot hue={choice.hue} /> : null}
        <span className="truncate">{label}</span>
      </span>
      <span className="text-muted tabular">{format.number(count)}</span>
      {sums.map(({ currency, value: sum }) => (
        <span key={currency} className="text-muted tabular">
          {format.money(sum, currency)}
        </span>
      ))}
    </>
  )
}
