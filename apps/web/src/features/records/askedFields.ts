import { customPrefix, type CustomValue } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMe } from '../../app/session.ts'
import { fieldTypes } from '../../ui/fields/fieldTypes.ts'
import type { CellValue, Typed } from '../../ui/fields/types.ts'
import { useFormat } from '../../ui/format.ts'
import { editText, parseCell } from '../../ui/table/cellValue.ts'
import { useCustomFields } from '../custom-fields/api.ts'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'
import { customKeyOf, useFields } from './useFields.ts'
import { useRecordColumns, type RecordColumn } from './useRecordColumns.tsx'

/** What a form holds: text as typed, ids as chosen. It becomes the API's shape at the submit. */
export type Asked = Record<string, Typed>

export type AskedField = {
  name: string
  /** What the form calls it: a dot would make it a part of another. */
  control: string
  column: RecordColumn
  /** The object that a relation leads to. */
  to: string | undefined
  /** What whoever made it wants people to know. */
  help: string | null
  /** It has to have a value. */
  required: boolean
  blank: Typed
  rule: z.ZodType<Typed, Typed>
  /** What is typed as the API takes it; null where there is nothing. */
  read: (typed: Typed) => CellValue
}

/** The custom fields that a person can fill in: those that must have a value, and the others. */
export function useAskedOwn({ object, own: isOwn }: RecordKind): { needed: string[]; more: string[] } {
  const own = useCustomFields(object)
  return useMemo(() => {
    const asked = own.filter(({ type }) => type !== 'formula')
    const namesOf = (required: boolean) =>
      // An object of the organization's own has little beside its fields: they are all asked for at once.
      asked
        .filter((field) => (field.required || isOwn !== undefined) === required)
        .map(({ key }) => customPrefix + key)
    return { needed: namesOf(true), more: namesOf(false) }
  }, [own, isOwn])
}

/** Fields as a form asks for them, those that one may fill in: checked and read as their cells are. */
export function useAskedFields(kind: RecordKind, names: readonly string[]): AskedField[] {
  const { t } = useTranslation()
  const format = useFormat()
  const { organization } = useMe()
  const described = useFields(kind.object)
  const own = useCustomFields(kind.object)
  const { fields } = useRecordColumns(kind)
  const { edits } = useFieldAccess(kind.object)
  return useMemo(() => {
    // There is no record yet; money is in the organization's currency unless it says otherwise.
    const fresh = { currency: organization.currency } as unknown as ListedRecord
    const missing = t('common.invalid.required')
    return names.filter(edits).flatMap((name): AskedField[] => {
      const column = fields.get(name)
      if (!column) return []
      const made = own.find(({ key }) => key === customKeyOf(name))
      const to = described.get(name)?.to
      const required = made?.required ?? false
      const help = made?.help ?? null
      const shared = { name, help, control: name.replace('.', '__'), column, to, required }
      const start = made?.default_value ?? null
      const needed = (value: Typed) => !required || (value !== null && value.length > 0)
      const { choice, picked = (chosen: string) => chosen } = fieldTypes[column.type]
      if (choice === 'many') {
        const rule = z.array(z.string()).refine(needed, missing)
        const read = (typed: Typed) => (Array.isArray(typed) && typed.length > 0 ? typed : null)
        return [{ ...shared, blank: listOf(start), rule: rule as unknown as AskedField['rule'], read }]
      }
      if (to !== undefined || choice) {
        const rule = z.string().nullable().refine(needed, missing)
        const read = (typed: Typed) => (typeof typed === 'string' ? picked(typed) : null)
        return [
          {
            ...shared,
            blank: start === null ? null : String(start),
            rule: rule as unknown as AskedField['rule'],
            read,
          },
        ]
      }
      const parse = (text: string) => parseCell(column, fresh, text, format)
      const rule = z
        .string()
        .trim()
        .max(10_000)
        .refine(needed, missing)
        .superRefine((text, context) => {
          const parsed = parse(text)
          if (!parsed.ok) context.addIssue({ code: 'custom', message: t(`table.edit.${parsed.reason}`) })
        })
      const read = (typed: Typed): CellValue => {
        const parsed = parse(typeof typed === 'string' ? typed : '')
        return parsed.ok ? parsed.value : null
      }
      const blank = editText(column, start, format)
      return [{ ...shared, blank, rule: rule as unknown as AskedField['rule'], read }]
    })
  }, [names, edits, fields, described, own, organization, format, t])
}

const listOf = (value: CustomValue): string[] => (Array.isArray(value) ? value : [])
