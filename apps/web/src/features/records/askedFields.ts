import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMe } from '../../app/session.ts'
import { parseCell } from '../../ui/table/cellValue.ts'
import type { CellValue } from '../../ui/table/types.ts'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'
import { useFields } from './useFields.ts'
import { useRecordColumns, type RecordColumn } from './useRecordColumns.tsx'

/** What a form holds: text as typed, ids as chosen. It becomes the API's shape at the submit. */
export type Typed = Record<string, string | null>

export type AskedField = {
  name: string
  column: RecordColumn
  /** The object that a relation leads to. */
  to: string | undefined
  blank: string | null
  rule: z.ZodType<string | null, string | null>
  /** What is typed as the API takes it; null where there is nothing. */
  read: (typed: string | null) => CellValue
}

/** Fields as a form asks for them, those that one may fill in: checked and read as their cells are. */
export function useAskedFields(kind: RecordKind, names: readonly string[]): AskedField[] {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const { organization } = useMe()
  const described = useFields(kind.object)
  const { fields } = useRecordColumns(kind)
  const { edits } = useFieldAccess(kind.object)
  return useMemo(() => {
    // There is no record yet; money is in the organization's currency unless it says otherwise.
    const fresh = { currency: organization.currency } as unknown as ListedRecord
    return names.filter(edits).flatMap((name): AskedField[] => {
      const column = fields.get(name)
      if (!column) return []
      const to = described.get(name)?.to
      const isChosen = to !== undefined || column.type === 'user' || column.type === 'select'
      if (isChosen)
        return [{ name, column, to, blank: null, rule: z.string().nullable(), read: (typed) => typed }]
      const parse = (text: string) => parseCell(column, fresh, text, language)
      const rule = z
        .string()
        .trim()
        .max(10_000)
        .superRefine((text, context) => {
          const parsed = parse(text)
          if (!parsed.ok) context.addIssue({ code: 'custom', message: t(`table.edit.${parsed.reason}`) })
        })
      const read = (typed: string | null): CellValue => {
        const parsed = parse(typed ?? '')
        return parsed.ok ? parsed.value : null
      }
      return [{ name, column, to, blank: '', rule: rule as AskedField['rule'], read }]
    })
  }, [names, edits, fields, described, organization, language, t])
}
