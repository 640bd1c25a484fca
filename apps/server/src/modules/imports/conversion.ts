/** One row of the file becomes one record, or a row error that says everything that is wrong with it. */
import { customPrefix, fitsCurrency, type CustomValue, type FieldDescription } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { unguard } from '../../platform/formula-guard.ts'
import { normalizePhone } from '../../platform/phone-numbers.ts'
import type { Custom, Given } from '../records/index.ts'
import { readInstant } from './dates.ts'
import { objectWords } from './kinds.ts'
import { namedIn } from './links.ts'
import { missingOwn, readOwnCell } from './own-cells.ts'
import type { Plan, PlannedColumn } from './plan.ts'
import { readIssue, readUnchecked, readValue, type ReadCell } from './readers.ts'
import { because, joinReasons, type Reason, type RowProblem, type RowReason } from './reasons.ts'
import type { FileRow } from './rows.ts'

/** A cell that names another record, which is looked for together with those of the whole batch. */
export type Link = { column: string; field: string; to: string; text: string; kept_as: string }

export type ReadRecord = {
  row: number
  cells: string[]
  given: Given
  links: Link[]
  /** Ids of its people. */
  contacts: readonly string[]
  /** The file gave no name; this one was made up and must not replace a name. */
  named_by_us: boolean
  /** What of it is kept as text, since it could not be read. */
  unreadable: RowProblem | null
}
export type Converted = ReadRecord | { row: number; cells: string[]; problem: RowProblem }

const longestCustom = 10_000
const longestShown = 300
const longestName = 200

/**
 * The contract looks at the whole record, which says as much of its values as looking at each. Only where something is
 * wrong is the row read again with a look at every cell, to say all that is wrong and in which columns.
 */
export function convertRow(plan: Plan, { row, cells: raw, is_note }: FileRow): Converted {
  const cells = plan.guarded ? raw.map(unguard) : raw
  if (is_note) return refused(row, cells, because('is_note'))
  const converted = new Draft(plan, row, cells, readForRecord).convert()
  return 'given' in converted ? converted : new Draft(plan, row, cells, readValue).convert()
}

/** What is no record, whatever its cells hold. */
function refused(row: number, cells: string[], reason: Reason): Converted {
  const value = cells.join(' ').replace(/\s+/g, ' ').trim().slice(0, longestShown)
  return { row, cells, problem: joinReasons(value, [{ column: null, ...reason }]) }
}

/** Phone numbers get another form before the contract sees the record, so it looks at them as they are written. */
const readForRecord: ReadCell = (field, text, marks, context) =>
  isPhone(field) ? readValue(field, text, marks, context) : readUnchecked(field, text, marks, context)

const isPhone = ({ type }: FieldDescription) => type === 'phone' || type === 'phones'

class Draft {
  readonly #plan: Plan
  readonly #row: number
  readonly #cells: string[]
  readonly #read: ReadCell
  readonly #values: Record<string, string | number | boolean | string[]> = {}
  readonly #custom: Record<string, CustomValue> = {}
  readonly #links: Link[] = []
  readonly #nameParts: Record<'first_name' | 'last_name', string> = { first_name: '', last_name: '' }
  readonly #reasons: RowReason[] = []
  #value = ''
  readonly #kept: RowReason[] = []
  #keptValue = ''
  #moneyCurrency: string | null = null

  constructor(plan: Plan, row: number, cells: string[], read: ReadCell) {
    this.#plan = plan
    this.#row = row
    this.#cells = cells
    this.#read = read
  }

  convert(): Converted {
    const { columns, width } = this.#plan
    if (this.#cells.length > width) this.#refuseFurther(this.#cells.slice(width))
    if (isTotal(this.#plan, this.#cells)) return refused(this.#row, this.#cells, because('is_total'))
    for (const column of columns) this.#take(column, this.#cells[column.index] ?? '')
    return this.#finish()
  }

  #refuseFurther(further: string[]): void {
    if (further.some((cell) => cell.trim() !== ''))
      this.#refuse(
        null,
        further.join(' '),
        because('too_wide', { cells: this.#cells.length, columns: this.#plan.width }),
      )
  }

  #refuse(column: string | null, value: string, reason: Reason, subject?: string): void {
    if (this.#reasons.length === 0) this.#value = value.slice(0, longestShown)
    this.#reasons.push({ column, ...reason, ...(subject === undefined ? {} : { subject }) })
  }

  /** Keeps the text under a key of its own where that is wanted; refuses the row otherwise. */
  #leaveOut({ name, kept_as }: PlannedColumn, text: string, reason: Reason): void {
    if (!this.#plan.reading.keep_unreadable || text.length > longestCustom)
      return this.#refuse(name, text, reason)
    if (this.#kept.length === 0) this.#keptValue = text.slice(0, longestShown)
    this.#kept.push({ column: name, ...reason })
    if (text !== '') this.#custom[kept_as] = text
  }

  #take(column: PlannedColumn, cell: string): void {
    const text = cell.trim()
    if (column.kind === 'custom') return this.#keep(column, cell, text)
    if (column.kind === 'name_part') {
      this.#nameParts[column.part] = text.replace(/\s+/g, ' ')
      return
    }
    const { field, name, kept_as } = column
    const { reading } = this.#plan
    if (text === '') {
      if (field.name === reading.kind.title) this.#leaveOut(column, '', because('needs_value'))
      return
    }
    if (field.to !== undefined) {
      for (const named of namedIn(field.name, text))
        this.#links.push({ column: name, field: field.name, to: field.to, text: named, kept_as })
      return
    }
    const read = this.#read(field, text, column, reading)
    if (read.problem === undefined) {
      this.#values[field.name] = read.value
      if (read.currency) this.#moneyCurrency = read.currency
    } else if (field.name === 'stage_id') this.#custom[kept_as] = text
    else this.#leaveOut(column, text, read.problem)
  }

  /** A value without a field stays exactly as it was written. */
  #keep(column: PlannedColumn & { kind: 'custom' }, cell: string, text: string): void {
    const { field, key, name, kept_as } = column
    if (field && text !== '') {
      if (field.type === 'relation' && field.to !== null) {
        this.#links.push({ column: name, field: customPrefix + key, to: field.to, text, kept_as })
        return
      }
      const read = readOwnCell(field, { text, marks: column, reading: this.#plan.reading })
      if (read.problem === undefined) this.#custom[key] = read.value
      else this.#leaveOut(column, text, read.problem)
    } else if (cell.length > longestCustom)
      this.#refuse(name, cell, because('too_long', { most: longestCustom }))
    else if (text !== '') this.#custom[key] = cell
  }

  #finish(): Converted {
    this.#settleCurrency()
    this.#settlePhones()
    this.#settleClosing()
    const { kind, own } = this.#plan.reading
    if (own.length > 0) this.#refuseMissing(own)
    const { name, named_by_us } = this.#name()
    const [row, cells] = [this.#row, this.#cells]
    const custom = Object.keys(this.#custom).length > 0 ? { custom: this.#custom as Custom } : {}
    const unreadable = this.#kept.length > 0 ? joinReasons(this.#keptValue, this.#kept) : null
    if (this.#reasons.length === 0) {
      const parsed = kind.schema.safeParse({ ...this.#values, ...custom, [kind.title]: name })
      if (parsed.success)
        return {
          row,
          cells,
          given: parsed.data as Given,
          links: this.#links,
          contacts: [],
          named_by_us,
          unreadable,
        }
      const [issue] = parsed.error.issues
      this.#refuse(this.#columnFor(String(issue?.path[0] ?? ''))?.name ?? null, name, readIssue(issue))
    }
    return { row, cells, problem: joinReasons(this.#value, this.#reasons) }
  }

  #refuseMissing(own: readonly OwnField[]): void {
    const linked = Object.fromEntries(this.#links.map(({ field, text }) => [keyOf(field), text]))
    for (const { label } of missingOwn(own, { ...linked, ...this.#custom }))
      this.#refuse(null, '', because('needs_value'), label)
  }

  /** The currency column, the sign at the amount, that of its heading and the organization's own, in this order. */
  #settleCurrency(): void {
    const { kind, home_currency } = this.#plan.reading
    const { amount } = kind
    const value = amount === null ? undefined : this.#values[amount]
    const { currency: stated } = this.#values
    if (amount === null || value === undefined) return
    if (stated !== undefined && this.#moneyCurrency && stated !== this.#moneyCurrency)
      return this.#leaveOutAmount(
        amount,
        because('other_currency', { given: this.#moneyCurrency, stated: String(stated) }),
      )
    const currency = String(stated ?? this.#moneyCurrency ?? this.#plan.heading_currency ?? home_currency)
    if (!fitsCurrency(Number(value), currency))
      return this.#leaveOutAmount(amount, because('too_precise', { currency }))
    this.#values['currency'] = currency
  }

  #leaveOutAmount(amount: string, reason: Reason): void {
    const column = this.#columnFor(amount)
    if (!column) return
    delete this.#values[amount]
    this.#leaveOut(column, (this.#cells[column.index] ?? '').trim(), reason)
  }

  /** As the record will keep them, so that they can be compared with what is there. */
  #settlePhones(): void {
    const { country } = this.#values
    const { columns, reading } = this.#plan
    const countries = [country === undefined ? null : String(country), reading.home_country]
    for (const column of columns) {
      if (column.kind !== 'field' || !isPhone(column.field)) continue
      const { name } = column.field
      const given = this.#values[name]
      if (Array.isArray(given)) this.#values[name] = given.map((one) => normalizePhone(one, countries))
      else if (given !== undefined) this.#values[name] = normalizePhone(String(given), countries)
    }
  }

  /** What comes in won or lost was closed on its close date, unless the file says when. */
  #settleClosing(): void {
    const { stage_id, closed_at, expected_close } = this.#values
    const { kind, findStage, time_zone } = this.#plan.reading
    if (!kind.fields.has('closed_at') || stage_id === undefined || closed_at !== undefined) return
    const type = findStage(String(stage_id))?.type ?? 'open'
    const noon = `${String(expected_close)} 12:00:00`
    if (type !== 'open' && expected_close !== undefined)
      this.#values['closed_at'] = readInstant(noon, 'day_first', time_zone) ?? ''
  }

  #name(): { name: string; named_by_us: boolean } {
    const { kind, language } = this.#plan.reading
    const given = this.#values[kind.title] ?? Object.values(this.#nameParts).join(' ').trim()
    if (given !== '') return { name: String(given), named_by_us: false }
    const { fields, all } = kind.named_by
    const known = fields.flatMap((field) => this.#known(field) ?? [])
    if (known.length > 0)
      return { name: (all ? known.join(' · ') : String(known[0])).slice(0, longestName), named_by_us: true }
    const number = this.#plan.number_index === null ? '' : (this.#cells[this.#plan.number_index] ?? '').trim()
    const word = objectWords[kind.object]?.[language] ?? kind.object
    const name = `${word} ${number || String(this.#values['external_id'] ?? this.#row)}`
    return { name: name.slice(0, longestName), named_by_us: true }
  }

  #known(field: string): string | undefined {
    const value = this.#values[field] ?? this.#links.find((link) => link.field === field)?.text
    return value === undefined ? undefined : String(value)
  }

  #columnFor(field: string): PlannedColumn | undefined {
    return this.#plan.columns.find((planned) => planned.kind === 'field' && planned.field.name === field)
  }
}

const totalForm =
  /^(?:(?:grand|sub|overall)[ -]?)?(?:totals?|totais|soma|sum)(?: geral| parcial)?( *\(\d[^()]*\))?:?$/i
const figureForm = /^(?:R\$|US\$|[A-Z]{3})?[^\p{L}]*\d[^\p{L}]*(?:[A-Z]{3})?$/u
const figureTypes = new Set(['number', 'money', 'percent'])

/** What a sheet adds up below its table: as a record it would count everything twice. */
function isTotal({ columns }: Plan, cells: readonly string[]): boolean {
  const first = cells.findIndex((cell) => cell !== '')
  const form = first < 0 ? null : totalForm.exec((cells[first] ?? '').trim())
  if (!form) return false
  const others = columns.flatMap((column) => {
    const text = (cells[column.index] ?? '').trim()
    return text === '' || column.index === first ? [] : [{ text, column }]
  })
  const isFigure = ({ text, column }: (typeof others)[number]) =>
    figureForm.test(text) &&
    (column.kind === 'custom' || (column.kind === 'field' && figureTypes.has(column.field.type)))
  return others.every(isFigure) && (others.length > 0 || form[1] !== undefined)
}

/** The key of an own field; of others a word that is none. */
const keyOf = (field: string) => (field.startsWith(customPrefix) ? field.slice(customPrefix.length) : '')
