/** One row of the file becomes one lead, or a row error that says everything that is wrong with it. */
import { fitsCurrency, NewLead, type CustomValue } from '@rapport/contracts'
import { normalizePhone } from '../../platform/phone-numbers.ts'
import { unguard } from '../../platform/formula-guard.ts'
import { missingOwn, readOwnCell } from './own-cells.ts'
import type { Plan, PlannedColumn } from './plan.ts'
import { readIssue, readValue } from './readers.ts'
import { because, joinReasons, type Reason, type RowProblem, type RowReason } from './reasons.ts'
import type { FileRow } from './rows.ts'

export type ReadLead = {
  row: number
  cells: string[]
  lead: NewLead
  /** The file gave no name; this one was made up and must not replace a name. */
  named_by_us: boolean
}
export type Converted = ReadLead | { row: number; cells: string[]; problem: RowProblem }

const longestCustom = 10_000
const longestShown = 300

export function convertRow(plan: Plan, { row, cells: raw }: FileRow): Converted {
  const cells = plan.guarded ? raw.map(unguard) : raw
  const draft = new Draft(plan, row, cells)
  if (cells.slice(plan.width).some((cell) => cell.trim() !== ''))
    draft.refuse(
      null,
      cells.slice(plan.width).join(' '),
      because('too_wide', { cells: cells.length, columns: plan.width }),
    )
  for (const column of plan.columns) draft.take(column, cells[column.index] ?? '')
  return draft.finish()
}

class Draft {
  readonly #plan: Plan
  readonly #row: number
  readonly #cells: string[]
  readonly #values: Record<string, string | number | boolean> = {}
  readonly #custom: Record<string, CustomValue> = {}
  readonly #nameParts: Record<'first_name' | 'last_name', string> = { first_name: '', last_name: '' }
  readonly #reasons: RowReason[] = []
  #value = ''
  #moneyCurrency: string | null = null

  constructor(plan: Plan, row: number, cells: string[]) {
    this.#plan = plan
    this.#row = row
    this.#cells = cells
  }

  refuse(column: string | null, value: string, reason: Reason, subject?: string): void {
    if (this.#reasons.length === 0) this.#value = value.slice(0, longestShown)
    this.#reasons.push({ column, ...reason, ...(subject === undefined ? {} : { subject }) })
  }

  take(column: PlannedColumn, cell: string): void {
    const text = cell.trim()
    if (column.kind === 'custom') return this.#keep(column, cell, text)
    if (column.kind === 'name_part') {
      this.#nameParts[column.part] = text.replace(/\s+/g, ' ')
      return
    }
    if (text === '') {
      if (column.field.name === 'full_name') this.refuse(column.name, '', because('needs_value'))
      return
    }
    const reading = readValue(column.field, text, column.decimal_mark, this.#plan.reading)
    if (reading.problem !== undefined) return this.refuse(column.name, text, reading.problem)
    this.#values[column.field.name] = reading.value
    if (reading.currency) this.#moneyCurrency = reading.currency
  }

  /** A value without a field stays exactly as it was written. */
  #keep(column: PlannedColumn & { kind: 'custom' }, cell: string, text: string): void {
    const { reading } = this.#plan
    const field = reading.own.find(({ key, retired }) => key === column.key && !retired)
    if (field && text !== '') {
      const read = readOwnCell(field, { text, mark: column.decimal_mark, reading })
      if (read.problem === undefined) this.#custom[column.key] = read.value
      else this.refuse(column.name, text, read.problem)
    } else if (cell.length > longestCustom)
      this.refuse(column.name, cell, because('too_long', { most: longestCustom }))
    else if (text !== '') this.#custom[column.key] = cell
  }

  finish(): Converted {
    this.#settleCurrency()
    this.#settlePhones()
    for (const { label } of missingOwn(this.#plan.reading.own, this.#custom))
      this.refuse(null, '', because('needs_value'), label)
    const { name, named_by_us } = this.#name()
    const custom = Object.keys(this.#custom).length > 0 ? { custom: this.#custom } : {}
    if (this.#reasons.length === 0) {
      const parsed = NewLead.safeParse({ ...this.#values, ...custom, full_name: name })
      if (parsed.success) return { row: this.#row, cells: this.#cells, lead: parsed.data, named_by_us }
      const [issue] = parsed.error.issues
      this.refuse(this.#columnOf(String(issue?.path[0] ?? '')), name, readIssue(issue))
    }
    return { row: this.#row, cells: this.#cells, problem: joinReasons(this.#value, this.#reasons) }
  }

  /** The currency column, the sign at the amount and the organization's own currency, in this order. */
  #settleCurrency(): void {
    const { estimated_value: value, currency: stated } = this.#values
    if (value === undefined) return
    const column = this.#columnOf('estimated_value')
    if (stated !== undefined && this.#moneyCurrency && stated !== this.#moneyCurrency)
      return this.refuse(
        column,
        String(value),
        because('other_currency', { given: this.#moneyCurrency, stated: String(stated) }),
      )
    const currency = String(stated ?? this.#moneyCurrency ?? this.#plan.reading.home_currency)
    if (!fitsCurrency(Number(value), currency))
      return this.refuse(column, String(value), because('too_precise', { currency }))
    this.#values['currency'] = currency
  }

  /** As the lead will keep them, so that they can be compared with what is there. */
  #settlePhones(): void {
    const { country } = this.#values
    for (const field of ['phone', 'mobile']) {
      const given = this.#values[field]
      const countries = [country === undefined ? null : String(country), this.#plan.reading.home_country]
      if (given !== undefined) this.#values[field] = normalizePhone(String(given), countries)
    }
  }

  #name(): { name: string; named_by_us: boolean } {
    const given = this.#values['full_name'] ?? Object.values(this.#nameParts).join(' ').trim()
    if (given !== '') return { name: String(given), named_by_us: false }
    const { company_name, email, phone, mobile, external_id } = this.#values
    const number = this.#plan.number_index === null ? '' : (this.#cells[this.#plan.number_index] ?? '').trim()
    const known = company_name ?? email ?? phone ?? mobile
    const name = String(known ?? `Lead ${number || (external_id ?? this.#row)}`)
    return { name: name.slice(0, 200), named_by_us: true }
  }

  #columnOf(field: string): string | null {
    const column = this.#plan.columns.find(
      (planned) => planned.kind === 'field' && planned.field.name === field,
    )
    return column?.name ?? null
  }
}
