import { formulaFunctions } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Braces, SquareFunction } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { FormField } from '../../ui/Form.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import type { FormShell } from '../../ui/useFormShell.ts'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useFields } from '../records/useFields.ts'
import { formulaCheckQuery } from './api.ts'
import type { TypedField } from './typedField.ts'
import { FormulaResult } from './FormulaResult.tsx'

type Props = {
  shell: FormShell<TypedField, TypedField>
  object: string
  /** The key of the field that is being changed: it cannot read itself. */
  own: string | null
}

const pauseMs = 250

/** A formula with what it gives, while it is typed; fields and functions are found by their names in words. */
export function FormulaEditor({ shell, object, own }: Props) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const { watch, setValue } = shell.form
  const value = watch('formula')
  const paused = usePaused(value)
  const check = useQuery(formulaCheckQuery(object, paused, own))
  const insert = (text: string, caret = text.length) => {
    const { selectionStart = value.length, selectionEnd = value.length } = area.current ?? {}
    setValue('formula', value.slice(0, selectionStart) + text + value.slice(selectionEnd), {
      shouldDirty: true,
    })
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(selectionStart + caret, selectionStart + caret)
    })
  }
  return (
    <div className="flex flex-col gap-2">
      <FormField shell={shell} name="formula" label={t('customFields.formula.label')}>
        {({ ref, ...control }) => (
          <Textarea
            {...control}
            ref={(element) => {
              ref(element)
              area.current = element
            }}
            spellCheck={false}
            autoCapitalize="off"
            placeholder="custom.budget * 0.2"
            className="font-mono"
          />
        )}
      </FormField>
      <div className="flex flex-wrap gap-2">
        <InsertField object={object} own={own} onPick={(name) => insert(name)} />
        <Combobox
          value={null}
          onChange={(name) => (name ? insert(`${name}()`, name.length + 1) : undefined)}
          searchPlaceholder={t('customFields.formula.search_functions')}
          options={formulaFunctions.map((name) => ({
            value: name,
            label: `${name}()`,
            detail: t(`customFields.formula.function.${name}`),
          }))}
          trigger={
            <Button size="small" icon={SquareFunction} aria-label={t('customFields.formula.insert_function')}>
              {t('customFields.formula.insert_function')}
            </Button>
          }
        />
      </div>
      <FormulaResult formula={value} checked={paused === value ? check : null} />
    </div>
  )
}

const usable = new Set([
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'select',
  'multi_select',
  'email',
  'phone',
  'url',
  'formula',
])

function InsertField({
  object,
  own,
  onPick,
}: {
  object: string
  own: string | null
  onPick: (name: string) => void
}) {
  const { t } = useTranslation()
  const labelOf = useFieldLabel(object)
  const fields = [...useFields(object).values()].filter(
    ({ name, type }) => usable.has(type) && name !== `custom.${own}`,
  )
  return (
    <Combobox
      value={null}
      onChange={(name) => (name ? onPick(name) : undefined)}
      searchPlaceholder={t('customFields.formula.search_fields')}
      options={fields.map(({ name }) => ({ value: name, label: labelOf(name), detail: name }))}
      trigger={
        <Button size="small" icon={Braces} aria-label={t('customFields.formula.insert_field')}>
          {t('customFields.formula.insert_field')}
        </Button>
      }
    />
  )
}

/** The text once nobody has typed for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return useDeferredValue(paused)
}
