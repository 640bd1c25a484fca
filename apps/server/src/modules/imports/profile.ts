/** What one column holds: how full it is, what it looks like, and whether it tells all rows apart. */
import { KeySet } from './key-set.ts'
import { DateEvidence } from './dates.ts'
import { DecimalEvidence, ShareEvidence } from './numbers.ts'
import type { Marks } from './readers.ts'
import { ValueEvidence } from './value-type.ts'

const examplesKept = 3
const exampleLength = 120
const valuesKept = 400
const valueLength = 600

export class ColumnProfile {
  readonly name: string
  readonly examples: string[] = []
  /** Values from all over the file, to try a field's reader on. */
  readonly values: string[] = []
  readonly decimals: DecimalEvidence
  readonly dates = new DateEvidence()
  readonly shares = new ShareEvidence()
  readonly type = new ValueEvidence()
  filled = 0
  #rows = 0
  #repeats = 0
  #seen: KeySet | null
  #longest = 0

  constructor(name: string, { isOfWorkbook = false, isRemembered = true } = {}) {
    this.name = name
    this.#seen = isRemembered ? new KeySet() : null
    this.decimals = new DecimalEvidence(isOfWorkbook)
  }

  add(cell: string): void {
    this.#rows += 1
    const text = cell.trim()
    if (text === '') return
    this.filled += 1
    if (text.length > this.#longest) this.#longest = text.length
    if (this.examples.length < examplesKept) this.#addExample(text.slice(0, exampleLength))
    if (this.values.length < valuesKept / 2 || (this.values.length < valuesKept && this.filled % 50 === 0))
      this.values.push(text.slice(0, valueLength))
    if (text.length < 40) {
      this.decimals.add(text)
      this.dates.add(text)
    }
    this.shares.add(text)
    this.type.add(text)
    this.#compare(text)
  }

  /** Every row has a value here and no value comes twice. */
  get identifies(): boolean {
    return this.#seen !== null && this.#repeats === 0 && this.filled === this.#rows
  }

  /** Hardly any value comes twice. */
  get mostlyDistinct(): boolean {
    return this.#seen !== null && this.filled > 0
  }

  get marks(): Marks {
    return {
      decimal_mark: this.decimals.mark,
      date_order: this.dates.order,
      is_share: this.shares.isShare,
    }
  }

  /** Whether that value is in a column which hardly repeats itself. */
  holds(text: string): boolean {
    return this.#seen?.has(text) === true
  }

  get longest(): number {
    return this.#longest
  }

  /** Share of the kept values for which `fits` holds; 0 for an empty column. */
  share(fits: (text: string) => boolean): number {
    return this.values.length === 0 ? 0 : this.values.filter(fits).length / this.values.length
  }

  #addExample(text: string): void {
    if (!this.examples.includes(text)) this.examples.push(text)
  }

  /** Gives up on columns that repeat themselves, so that only the few identifying ones are remembered. */
  #compare(text: string): void {
    if (this.#seen === null) return
    if (!this.#seen.add(text)) this.#repeats += 1
    if (this.#repeats > 20 + this.filled / 20) this.#seen = null
  }
}
