/** Of which type a custom field for a column would be: the strictest that holds every value of it. */
import type { CustomFieldType } from '@rapport/contracts'
import { hasTime, isDay } from './dates.ts'
import { normaliseName } from './header.ts'
import { isWhole, readAmount, readNumber } from './numbers.ts'
import { readFlag } from './readers.ts'

const mostOptions = 25
const longestOption = 60
const longText = 250

const isEither = (read: (mark: '.' | ',') => unknown) => read('.') !== undefined || read(',') !== undefined
/** Digits that begin with a zero, or too many of them, name something and count nothing. */
const isCounted = (text: string) => !/^[+-]?0\d/.test(text) && text.replace(/\D/g, '').length <= 15

const tests = {
  boolean: (text: string) => readFlag(text) !== undefined,
  date: (text: string) => isDay(text) && !hasTime(text),
  datetime: (text: string) => isDay(text),
  number: (text: string) => isWhole(text) || (isCounted(text) && isEither((mark) => readNumber(text, mark))),
  money: (text: string) =>
    /\d/.test(text) && isEither((mark) => readAmount(text, mark, 'USD')?.currency ?? undefined),
  email: (text: string) => /^(?:mailto:)?[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/i.test(text),
  url: (text: string) => /^(?:https?:\/\/|www\.)\S+$/i.test(text),
  phone: (text: string) => /^(?:\+|\()\d[\d\s().-]{6,20}$/.test(text),
} satisfies Partial<Record<CustomFieldType, (text: string) => boolean>>
type Tested = keyof typeof tests
const order: readonly Tested[] = ['boolean', 'date', 'datetime', 'number', 'money', 'email', 'url', 'phone']

/** What a column is called whose digits are a name. */
const nameWords =
  /(?:^| )(?:id|ids|code|key|zip|postcode|postal|cep|cpf|cnpj|ssn|phone|fone|telefone|numero|number|no|num)(?: |$)/

export class ValueEvidence {
  readonly #left = new Set<Tested>(order)
  readonly #options = new Map<string, number>()
  #filled = 0
  #longest = 0
  #lines = false
  #length: number | null = null
  #digits = true

  add(text: string): void {
    this.#filled += 1
    // A value that came before shows nothing new.
    if (this.#options.size <= mostOptions && this.#count(text) > 1) return
    if (text.length > this.#longest) this.#longest = text.length
    for (const type of this.#left) if (!this.#isOf(type, text)) this.#left.delete(type)
    if (!this.#lines && text.includes('\n')) this.#lines = true
    if (this.#digits && !/^\d+$/.test(text)) this.#digits = false
    if (this.#length !== null && this.#length !== text.length) this.#length = -1
    this.#length ??= text.length
  }

  /** Counts it as an option, and answers how often it came. */
  #count(text: string): number {
    const count = (this.#options.get(text) ?? 0) + 1
    this.#options.set(text, count)
    return count
  }

  /** While every value is a date, every one is a moment as well. */
  #isOf(type: Tested, text: string): boolean {
    return (type === 'datetime' && this.#left.has('date')) || tests[type](text)
  }

  /** The type, and the options in the order of how often they come. */
  suggest(name: string): { type: CustomFieldType; options: string[] } {
    const type = this.#type(normaliseName(name))
    const options = [...this.#options].toSorted((a, b) => b[1] - a[1]).map(([value]) => value)
    return { type, options: type === 'select' ? options : [] }
  }

  #type(name: string): CustomFieldType {
    const [strictest] = order.filter((type) => this.#left.has(type))
    if (strictest !== undefined && this.#isMeant(strictest, name)) return strictest
    if (this.#isChosen()) return 'select'
    return this.#lines || this.#longest > longText ? 'long_text' : 'text'
  }

  #isMeant(type: Tested, name: string): boolean {
    if (type === 'boolean') return this.#options.size === 2
    if (type !== 'number') return true
    const isNamed = nameWords.test(name) && !/number of|numero de/.test(name)
    // Digits of one length, many of them, are a code.
    const isCode = this.#digits && this.#length !== null && this.#length >= 6 && this.#filled > 1
    return !isNamed && !isCode
  }

  /** Few values that come again and again. */
  #isChosen(): boolean {
    const { size } = this.#options
    return size >= 2 && size <= mostOptions && this.#filled >= size * 4 && this.#longest <= longestOption
  }
}
