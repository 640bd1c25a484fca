/**
 * A formula has the grammar of JavaScript's expressions, which acorn reads; nothing of JavaScript ever runs. Of
 * the tree only what compile.ts knows is taken: operators, calls of our functions, names of fields.
 */
import { Parser, type Expression } from 'acorn'
import { maxFormulaLength } from '@rapport/contracts'
import { FormulaError, type Span } from './fault.ts'

const maxDepth = 100

class FormulaParser extends Parser {
  /** Read by acorn: `if` is a function here, and a field may be called `new`. */
  protected keywords = /^(?:true|false)$/
}

export function parseFormula(text: string): Expression {
  if (text.trim() === '') throw new FormulaError('empty', { start: 0, end: text.length })
  if (text.length > maxFormulaLength)
    throw new FormulaError(
      'too_long',
      { start: maxFormulaLength, end: text.length },
      { expected: String(maxFormulaLength) },
    )
  refuseDepth(text)
  const [first, second] = read(text).body
  if (second) throw new FormulaError('syntax', second, { found: text.slice(second.start, second.end) })
  if (first?.type !== 'ExpressionStatement') throw unexpectedAt(text, first?.start ?? 0)
  return first.expression
}

function read(text: string) {
  try {
    return FormulaParser.parse(text, { ecmaVersion: 2020, sourceType: 'script' })
  } catch (cause) {
    if (cause instanceof SyntaxError && 'pos' in cause) throw unexpectedAt(text, Number(cause.pos))
    throw cause
  }
}

function unexpectedAt(text: string, position: number): FormulaError {
  const lone = /(?<![<>=!])=(?!=)/.exec(withoutQuoted(text))
  if (lone) return new FormulaError('single_equals', { start: lone.index, end: lone.index + 1 })
  const found = /^(?:[\p{L}\p{N}_.]+|\S)/u.exec(text.slice(position))?.[0]
  const span: Span = { start: position, end: position + (found?.length ?? 0) }
  return new FormulaError('syntax', span, found === undefined ? {} : { found })
}

/** Before parsing, which needs a stack as deep as the formula. */
function refuseDepth(text: string): void {
  let depth = 0
  for (const [start, sign] of Array.from(withoutQuoted(text)).entries()) {
    if (sign === '(' || sign === '[' || sign === '{') depth += 1
    else if (sign === ')' || sign === ']' || sign === '}') depth -= 1
    if (depth > maxDepth) throw tooDeep({ start, end: start + 1 })
  }
}

export const tooDeep = (at: Span) => new FormulaError('too_deep', at, { expected: String(maxDepth) })
export const isTooDeep = (depth: number): boolean => depth > maxDepth

/** The text with blanks in place of what stands in quotes, so that positions stay. */
const withoutQuoted = (text: string): string =>
  text.replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (quoted) => ' '.repeat(quoted.length))
