/**
 * From the tree of a formula to a function that calculates it. Types are checked on the way, so that a formula
 * that compiles can neither fail nor surprise later: it only reads fields, and takes time in proportion to its length.
 */
import type {
  CallExpression,
  Expression,
  MemberExpression,
  SpreadElement,
  Super,
  PrivateIdentifier,
} from 'acorn'
import { customPrefix, formulaFunctions, type FormulaType } from '@rapport/contracts'
import { FormulaError, type Span } from './fault.ts'
import { functions, type Accepts } from './functions.ts'
import { operatorOf, prefixes } from './operators.ts'
import { isTooDeep, parseFormula, tooDeep } from './parse.ts'
import { readValue, settle, truthOf, type Value, type ValueType } from './values.ts'

/** The value of a field, as the record's JSON holds it. */
export type ReadField = (name: string) => unknown
/** Of which type a field is, or why a formula cannot use it. */
export type TypeOfField = (name: string) => ValueType | 'unusable' | 'circular' | undefined

export type Formula = {
  type: FormulaType
  /** The fields it reads. */
  needs: readonly string[]
  evaluate: (read: ReadField) => ReturnType<typeof settle>
}

type Part = { type: ValueType; at: Span; run: (read: ReadField) => Value }
type Node = Expression | SpreadElement | Super | PrivateIdentifier

/** Throws a FormulaError, and nothing else. */
export function compileFormula(text: string, typeOfField: TypeOfField): Formula {
  const needs = new Set<string>()
  const whole = compile(parseFormula(text), { text, typeOfField, needs }, 0)
  const { type } = whole
  if (type === 'list') throw wrongType(whole, 'result', 'text')
  return { type, needs: [...needs], evaluate: (read) => settle(type, whole.run(read)) }
}

type Context = { text: string; typeOfField: TypeOfField; needs: Set<string> }

function compile(node: Node, context: Context, depth: number): Part {
  if (isTooDeep(depth)) throw tooDeep(node)
  const inner = (child: Node) => compile(child, context, depth + 1)
  switch (node.type) {
    case 'Literal':
      return literal(node.value, node, context)
    case 'Identifier':
      return field(node.name, node, context)
    case 'MemberExpression':
      return field(memberName(node, context), node, context)
    case 'CallExpression':
      return call(node, context, inner)
    case 'UnaryExpression':
      return prefixed(node.operator, inner(node.argument), node, context)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return between(node.operator, inner(node.left), inner(node.right), node, context)
    case 'ConditionalExpression':
      return choice(inner(node.test), inner(node.consequent), inner(node.alternate), node)
    case 'AssignmentExpression':
      throw node.operator === '='
        ? new FormulaError('single_equals', { start: node.left.end, end: node.right.start })
        : notAllowed(node, context)
    default:
      throw notAllowed(node, context)
  }
}

const notAllowed = (at: Span, { text }: Context) =>
  new FormulaError('not_allowed', at, { found: text.slice(at.start, at.end).slice(0, 40) })
const wrongType = (part: Part, name: string, expected: string) =>
  new FormulaError('wrong_type', part.at, { name, expected, found: part.type })

function literal(value: unknown, at: Span, context: Context): Part {
  if (typeof value === 'number') return { type: 'number', at, run: () => value }
  if (typeof value === 'boolean') return { type: 'boolean', at, run: () => value }
  if (typeof value === 'string') return { type: 'text', at, run: () => value }
  throw notAllowed(at, context)
}

function field(name: string, at: Span, { typeOfField, needs }: Context): Part {
  const type = typeOfField(name)
  if (type === undefined) throw new FormulaError('unknown_field', at, { name })
  if (type === 'unusable') throw new FormulaError('unusable_field', at, { name })
  if (type === 'circular') throw new FormulaError('circular', at, { name })
  needs.add(name)
  return { type, at, run: (read) => readValue(type, read(name)) }
}

/** `custom.budget` is a name, not an access: nothing is looked up in any object. */
function memberName(node: MemberExpression, context: Context): string {
  const { object, property } = node
  const plain = !node.computed && object.type === 'Identifier' && property.type === 'Identifier'
  if (!plain) throw notAllowed(node, context)
  const name = `${object.name}.${property.name}`
  if (!name.startsWith(customPrefix)) throw new FormulaError('unknown_field', node, { name })
  return name
}

function call(node: CallExpression, context: Context, inner: (child: Node) => Part): Part {
  if (node.callee.type !== 'Identifier') throw notAllowed(node.callee, context)
  const called = node.callee.name.toLowerCase()
  const name = formulaFunctions.find((known) => known === called)
  if (!name) throw new FormulaError('unknown_function', node.callee, { name: node.callee.name })
  const { takes, least, most, gives, run } = functions[name]
  const given = node.arguments.length
  if (given < least || given > most)
    throw new FormulaError('argument_count', node, {
      name,
      expected: countOf(least, most),
      found: String(given),
    })
  const parts = node.arguments.map(inner)
  const accepted = parts.map((part, index): [Part, Accepts] => [part, takes[index] ?? takes.at(-1) ?? 'any'])
  for (const [part, accepts] of accepted) checkAccepted(part, accepts, name)
  const same = checkSame(
    accepted.filter(([, accepts]) => accepts === 'same').map(([part]) => part),
    name,
  )
  return {
    type: gives === 'same' ? same : gives,
    at: node,
    run: (read) => run(...parts.map((part) => part.run(read))),
  }
}

function countOf(least: number, most: number): string {
  if (most === Infinity) return `${least} or more`
  return least === most ? String(least) : `${least} to ${most}`
}

function checkAccepted(part: Part, accepts: Accepts, name: string): void {
  if (accepts === 'any' || accepts === part.type) return
  if (accepts === 'same' && part.type !== 'list') return
  if (accepts === 'text_or_list' && (part.type === 'text' || part.type === 'list')) return
  throw wrongType(part, name, accepts === 'text_or_list' || accepts === 'same' ? 'text' : accepts)
}

function checkSame(parts: readonly Part[], name: string): ValueType {
  const [first, ...others] = parts
  const other = others.find((part) => part.type !== first?.type)
  if (first && other)
    throw new FormulaError('different_types', other.at, { name, expected: first.type, found: other.type })
  return first?.type ?? 'text'
}

function prefixed(sign: string, part: Part, at: Span, context: Context): Part {
  const prefix = prefixes.get(sign)
  if (!prefix) throw notAllowed(at, context)
  if (part.type !== prefix.type) throw wrongType(part, sign, prefix.type)
  return { type: prefix.type, at, run: (read) => prefix.run(part.run(read)) }
}

function between(sign: string, left: Part, right: Part, at: Span, context: Context): Part {
  const operator = operatorOf(sign, left.type)
  if (!operator) throw notAllowed(at, context)
  const { takes, gives, run } = operator
  for (const part of [left, right]) checkAccepted(part, takes, sign)
  if (takes === 'same') checkSame([left, right], sign)
  return { type: gives, at, run: (read) => run(left.run(read), right.run(read)) }
}

function choice(test: Part, yes: Part, no: Part, at: Span): Part {
  checkAccepted(test, 'boolean', '?')
  for (const part of [yes, no]) checkAccepted(part, 'same', '?')
  const type = checkSame([yes, no], '?')
  return { type, at, run: (read) => (truthOf(test.run(read)) ? yes.run(read) : no.run(read)) }
}
