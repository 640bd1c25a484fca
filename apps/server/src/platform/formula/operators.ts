import { dateOf, numberOf, textOf, truthOf, type Value, type ValueType } from './values.ts'
import type { FormulaType } from '@rapport/contracts'

type Calculate = (left: number, right: number) => number

/** Between two numbers; a division by zero is left as it is, and empty at the end. */
const arithmetic = new Map<string, Calculate>([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => (right === 0 ? Number.NaN : left / right)],
  ['%', (left, right) => left % right],
])

type Compare = <Kind extends number | string | boolean>(left: Kind, right: Kind) => boolean

const comparisons = new Map<string, Compare>([
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
  ['==', (left, right) => left === right],
  ['!=', (left, right) => left !== right],
])

type Operator = { takes: ValueType | 'same'; gives: FormulaType; run: (left: Value, right: Value) => Value }

/** What stands between two values; `type` is that of the left one. */
export function operatorOf(sign: string, type: ValueType): Operator | undefined {
  const calculate = arithmetic.get(sign)
  if (calculate)
    return {
      takes: 'number',
      gives: 'number',
      run: (left, right) => calculate(numberOf(left), numberOf(right)),
    }
  const compare = comparisons.get(sign)
  if (compare) return { takes: 'same', gives: 'boolean', run: comparing(sign, compare, type) }
  if (sign === '&&')
    return { takes: 'boolean', gives: 'boolean', run: (left, right) => truthOf(left) && truthOf(right) }
  if (sign === '||')
    return { takes: 'boolean', gives: 'boolean', run: (left, right) => truthOf(left) || truthOf(right) }
  return undefined
}

function comparing(sign: string, compare: Compare, type: ValueType): Operator['run'] {
  if (type === 'number') return (left, right) => compare(numberOf(left), numberOf(right))
  if (type === 'boolean') return (left, right) => compare(truthOf(left), truthOf(right))
  if (type === 'text') return (left, right) => compare(textOf(left), textOf(right))
  // A missing date is neither before nor after any other.
  const byEquality = sign === '==' || sign === '!='
  return (left, right) => {
    const [one, other] = [dateOf(left), dateOf(right)]
    return (byEquality || (one !== null && other !== null)) && compare(one ?? '', other ?? '')
  }
}

/** What stands before one value. */
export const prefixes = new Map<string, { type: 'number' | 'boolean'; run: (value: Value) => Value }>([
  ['-', { type: 'number', run: (value) => -numberOf(value) }],
  ['+', { type: 'number', run: (value) => numberOf(value) }],
  ['!', { type: 'boolean', run: (value) => !truthOf(value) }],
])
