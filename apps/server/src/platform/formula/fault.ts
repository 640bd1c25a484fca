import type { FormulaFault } from '@rapport/contracts'

type Reason = FormulaFault['reason']
type Words = Pick<FormulaFault, 'name' | 'expected' | 'found'>
/** Where something stands in the text of a formula. */
export type Span = { start: number; end: number }

const sentences: Record<Reason, (words: Words) => string> = {
  empty: () => 'the formula is empty',
  too_long: ({ expected }) => `the formula is longer than ${expected} characters`,
  too_deep: ({ expected }) => `the formula is nested deeper than ${expected} levels`,
  syntax: ({ found }) => (found ? `did not expect ${found} here` : 'the formula ends too early'),
  single_equals: () => 'compare with == instead of =',
  not_allowed: ({ found }) => `${found} is no part of formulas`,
  unknown_field: ({ name }) => `there is no field ${name}`,
  unusable_field: ({ name }) => `the field ${name} cannot be used in formulas`,
  unknown_function: ({ name }) => `there is no function ${name}`,
  argument_count: ({ name, expected, found }) => `${name} takes ${expected} values, not ${found}`,
  wrong_type: ({ name, expected, found }) => `${name} takes a ${expected}, not a ${found}`,
  different_types: ({ name, expected, found }) =>
    `${name} needs values of one type, not ${expected} and ${found}`,
  circular: ({ name }) => `the field ${name} is itself calculated from this formula`,
}

/** Why a formula cannot be used; the only thing that compiling one throws. */
export class FormulaError extends Error {
  override name = 'FormulaError'
  readonly fault: FormulaFault

  constructor(reason: Reason, { start, end }: Span, words: Words = {}) {
    const message = sentences[reason](words)
    super(message)
    this.fault = { reason, start, end, message, ...words }
  }

  /** For answers that have one line: positions count from 1, as people do. */
  get line(): string {
    return `at character ${this.fault.start + 1}: ${this.message}`
  }
}
