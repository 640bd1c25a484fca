/** What the rows of a file are called, for cells that name another row of the same file, be it above or below. */
import { unguard } from '../../platform/formula-guard.ts'
import { KeySet } from './key-set.ts'
import type { Plan } from './plan.ts'
import type { FileRow } from './rows.ts'

/** Whether a row of the file goes by that. */
export type NamesHere = (text: string) => boolean

const namingFields: ReadonlySet<string> = new Set(['external_id', 'code', 'domain', 'email'])

/** Reads the file once more, only when a column leads to records of the same kind. */
export async function readOwnNames(plan: Plan, read: () => AsyncIterable<FileRow>): Promise<NamesHere> {
  const { kind } = plan.reading
  const leadsHere = plan.columns.some((one) => one.kind !== 'name_part' && one.field?.to === kind.object)
  const naming = plan.columns.filter(
    (one) => one.kind === 'field' && (one.field.name === kind.title || namingFields.has(one.field.name)),
  )
  if (!leadsHere || naming.length === 0) return () => false
  const names = new KeySet()
  for await (const { cells } of read())
    for (const { index } of naming) {
      const cell = cells[index] ?? ''
      const text = (plan.guarded ? unguard(cell) : cell).trim()
      if (text !== '') names.add(text.toLowerCase())
    }
  return (text) => names.has(text.toLowerCase())
}
