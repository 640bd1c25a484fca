import { useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { TypedInput } from '../fields/TypedInput.tsx'
import { useFormat } from '../format.ts'
import { fieldTypes } from '../fields/fieldTypes.ts'
import { OptionList } from './OptionList.tsx'
import { useFocusOnMount } from './useFocusOnMount.ts'
import { isChoosing, PERIODS } from './types.ts'
import type { FilterField, FilterState, FilterValue } from './types.ts'

type ValueEditorProps = {
  field: FilterField
  filter: FilterState
  onChange: (filter: FilterState) => void
  /** The value is final: the popover may close. */
  onDone: () => void
}

/** Asks for the value in the way the operator and the field's type need it. */
export function ValueEditor(props: ValueEditorProps) {
  const { field, filter, onChange, onDone } = props
  const { t } = useTranslation()
  const label = t('table.filter.value', { name: field.label })

  if (isChoosing(filter.op)) {
    const chosen = Array.isArray(filter.value) ? filter.value.map(String) : []
    const toggle = (value: string) =>
      onChange({
        ...filter,
        value: chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value],
      })
    return (
      <OptionList
        label={label}
        placeholder={t('common.action.search')}
        options={field.options ?? []}
        chosen={chosen}
        onPick={toggle}
        multiple
      />
    )
  }
  if (filter.op === 'within') {
    const options = PERIODS.map((period) => ({ value: period, label: t(`table.period.${period}`) }))
    return (
      <OptionList
        label={label}
        placeholder={t('common.action.search')}
        options={options}
        chosen={typeof filter.value === 'string' ? [filter.value] : []}
        onPick={(value) => {
          onChange({ ...filter, value })
          onDone()
        }}
      />
    )
  }
  if (field.type === 'boolean')
    return (
      <OptionList
        label={label}
        options={[
          { value: 'true', label: t('table.boolean.yes') },
          { value: 'false', label: t('table.boolean.no') },
        ]}
        chosen={filter.value === undefined ? [] : [String(filter.value)]}
        onPick={(value) => {
          onChange({ ...filter, value: value === 'true' })
          onDone()
        }}
      />
    )
  return <TypedValue {...props} label={label} />
}

/** One or two fields to type into; Enter or the button applies. */
function TypedValue({ field, filter, onChange, onDone, label }: ValueEditorProps & { label: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { input = {}, prepare, draft, read: readTyped } = fieldTypes[field.type]
  const isRange = filter.op === 'between'
  const given = Array.isArray(filter.value) ? filter.value : [filter.value, undefined]
  const draftOf = (value: unknown) => (value === undefined ? '' : draft(value, format))
  const [texts, setTexts] = useState<[string, string]>([draftOf(given[0]), draftOf(given[1])])
  const [problem, setProblem] = useState<string | null>(null)
  const first = useFocusOnMount()

  function read(): FilterValue | { problem: string } {
    const wanted = isRange ? texts : [texts[0]]
    if (wanted.some((text) => text.trim() === '')) return { problem: t('table.filter.needed') }
    const about = { options: [], currency: field.currency }
    const values: (string | number)[] = []
    for (const text of wanted) {
      const parsed = readTyped(text.trim(), about, format)
      if (!parsed.ok) return { problem: t(`table.edit.${parsed.reason}`) }
      values.push(parsed.value as string | number)
    }
    const [from = '', to] = values
    if (to !== undefined && from > to) return { problem: t('table.filter.range_order') }
    return isRange ? (values as unknown as FilterValue) : from
  }

  async function apply(event: FormEvent) {
    event.preventDefault()
    await prepare?.(format)
    const value = read()
    if (typeof value === 'object' && 'problem' in value) {
      setProblem(value.problem)
      return
    }
    onChange({ ...filter, value })
    onDone()
  }

  return (
    <form onSubmit={(event) => void apply(event)} className="flex flex-col gap-2 p-3">
      {texts.slice(0, isRange ? 2 : 1).map((text, index) => (
        <label key={index} className="flex flex-col gap-1 text-12 text-muted">
          {isRange ? t(index === 0 ? 'table.filter.from' : 'table.filter.to') : null}
          <TypedInput
            {...(index === 0 ? { ref: first } : {})}
            input={input}
            value={text}
            {...(isRange ? {} : { 'aria-label': label })}
            aria-invalid={problem !== null}
            onText={(next) => {
              setTexts(index === 0 ? [next, texts[1]] : [texts[0], next])
              setProblem(null)
            }}
          />
        </label>
      ))}
      {problem === null ? null : (
        <p role="alert" className="text-12 text-danger-ink">
          {problem}
        </p>
      )}
      <Button type="submit" variant="primary" size="small" className="self-end">
        {t('table.filter.apply')}
      </Button>
    </form>
  )
}
