/** Of which type a custom field for a column would be: the strictest that holds every value of it. */
import type { CustomFieldType } from '@rapport/contracts'
import { splitExtension } from '../../platform/phone-extension.ts'
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

const isNumberOf = (form: RegExp) => (text: string) => form.test(splitExtension(text).number)

const tests = {
  /** A telephone number only because its column is called so. */
  dialled: isNumberOf(/^'?\+?(?:[\s().\-/]*\d){7,15}[\s)]*$/),
  boolean: (text: string) => readFlag(text) !== undefined,
  date: (text: string) => isDay(text) && !hasTime(text),
  datetime: (text: string) => isDay(text),
  number: (text: string) => isWhole(text) || (isCounted(text) && isEither((mark) => readNumber(text, mark))),
  money: (text: string) =>
    /\d/.test(text) && isEither((mark) => readAmount(text, mark, 'USD')?.currency ?? undefined),
  email: (text: string) => /^(?:mailto:)?[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/i.test(text),
  url: (text: string) => /^(?:https?:\/\/|www\.)\S+$/i.test(text),
  phone: isNumberOf(/^(?:\+|\()\d[\d\s().-]{6,20}$/),
} satisfies Partial<Record<CustomFieldType | 'dialled', (text: string) => boolean>>
type Tested = keyof typeof tests
const order = ['boolean', 'date', 'datetime', 'number', 'money', 'email', 'url', 'phone'] as const
type Shown = (typeof order)[number]

/** What a column is called whose digits are a name. */
const nameWords =
  /(?:^| )(?:id|ids|code|key|zip|postcode|postal|cep|cpf|cnpj|ssn|phone|fone|telefone|numero|number|no|num)(?: |$)/

const phoneWords =
  /(?:^| )(?:phone|phones|telephone|tel|telefone|telefones|fone|fones|celular|mobile|cell|cellphone|fax|whatsapp)\d*(?: |$)/

export class ValueEvidence {
  readonly #left = new Set<Tested>(['dialled', ...order])
  readonly #options = new Map<string, number>()
  /** Of lists in one cell (`Phone; E-mail`), as other systems write what was chosen of several. */
  #parts: Set<string> | null = new Set()
  #isSeveral = false
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
    this.#takeApart(text)
    if (!this.#lines && text.includes('\n')) this.#lines = true
    if (this.#digits && !/^\d+$/.test(text)) this.#digits = false
    if (this.#length !== null && this.#length !== text.length) this.#length = -1
    this.#length ??= text.length
  }

  #takeApart(text: string): void {
    if (this.#parts === null) return
    const parts = text.split(/[;|]/).map((part) => part.trim())
    for (const part of parts) if (part !== '') this.#parts.add(part)
    if (parts.length > 1) this.#isSeveral = true
    // With a comma it may be a sentence.
    if (text.includes(',') || this.#parts.size > mostOptions) this.#parts = null
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
    const values = [...this.#options].toSorted((a, b) => b[1] - a[1]).map(([value]) => value)
    const options = { select: values, multi_select: [...(this.#parts ?? [])] }
    return { type, options: type === 'select' || type === 'multi_select' ? options[type] : [] }
  }

  #type(name: string): CustomFieldType {
    if (this.#left.has('dialled') && phoneWords.test(name)) return 'phone'
    const strictest = order.find((type) => this.#left.has(type) && this.#isMeant(type, name))
    if (strictest !== undefined) return strictest
    if (this.#isChosenOfSeveral()) return 'multi_select'
    if (this.#isChosen()) return 'select'
    return this.#lines || this.#longest > longText ? 'long_text' : 'text'
  }

  #isMeant(type: Shown, name: string): boolean {
    if (type === 'boolean') return this.#isEitherOr()
    if (type !== 'number') return true
    const isNamed = nameWords.test(name) && !/number of|numero de/.test(name)
    // Digits of one length, many of them, are a code.
    const isCode = this.#digits && this.#length !== null && this.#length >= 6 && this.#filled > 1
    return !isNamed && !isCode
  }

  /** Both of two, or always the same where it can be nothing else: `1` alone may count. */
  #isEitherOr(): boolean {
    const words = [...this.#options.keys()]
    const isTold = words.every((word) => normaliseName(word).length > 1)
    return isTold || new Set(words.map(readFlag)).size === 2
  }

  #isChosenOfSeveral(): boolean {
    const parts = [...(this.#parts ?? [])]
    const isFew = parts.length >= 2 && this.#filled >= parts.length * 4
    return this.#isSeveral && isFew && parts.every((part) => part.length <= longestOption)
  }

  /** Few values that come again and again. */
  #isChosen(): boolean {
    const { size } = this.#options
    return size >= 2 && size <= mostOptions && this.#filled >= size * 4 && this.#longest <= longestOption
  }
}
