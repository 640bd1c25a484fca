/**
 * Guesses which column means which field: by its name, in English and Portuguese, and by what it holds. A name
 * alone never maps a column whose values the field could not read. Each field is used once; a column without
 * a field is kept under a custom key, and only an empty column is left out.
 */
import {
  companyFields,
  contactFields,
  customPrefix,
  dealFields,
  leadFields,
  productFields,
  type FieldDescription,
} from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { describeOwnField } from '../../platform/lists/index.ts'
import { isCountryName } from './choices.ts'
import { customKeys } from './header.ts'
import { madeKind } from './kinds.ts'
import { errorColumn } from './layout.ts'
import { bareHeading, headingOf, isIdentifierName, nameScore, says } from './name-score.ts'
import type { ColumnProfile } from './profile.ts'
import { readOwnCell } from './own-cells.ts'
import { readValue, type ReadingContext } from './readers.ts'

type Candidate = { column: number; target: string; score: number }

const threshold = 0.55

/** Parts of a full name; a column of them is joined into `full_name`. */
export const nameParts = {
  first_name: ['first name', 'given name', 'forename', 'fname', 'first', 'primeiro nome', 'prenome'],
  last_name: ['last name', 'surname', 'family name', 'lname', 'last', 'sobrenome', 'ultimo nome', 'apelido'],
} as const
export type NamePart = keyof typeof nameParts
export const isNamePart = (target: string): target is NamePart => Object.hasOwn(nameParts, target)

/** Whether a record is there that the text names, for a column that may lead to one. */
export type Leads = (field: string, text: string) => boolean

export type Guess = {
  mapping: Record<string, string | null>
  /** By column: the relation that its name says, where the records are not there that it names. */
  missing: Record<string, string>
  number_column: string | null
}

export function guessMapping(
  columns: readonly ColumnProfile[],
  context: ReadingContext,
  leads: Leads = () => false,
): Guess {
  const fields = fieldsOf(context)
  const targets = assign(
    columns.flatMap((column, index) => candidatesOf({ fields, context, leads }, column, index)),
  )
  joinNameParts(columns, targets)
  takeAnyName(columns, targets, context)
  const keys = customKeys(
    columns.map((column) => column.name),
    context.own.map(({ key }) => key),
  )
  const mapping = Object.fromEntries(
    columns.map((column, index) => {
      const leftOut = column.filled === 0 || column.name === errorColumn
      return [column.name, leftOut ? null : (targets.get(index) ?? `${customPrefix}${keys[index]}`)]
    }),
  )
  const missing = Object.fromEntries(
    columns.flatMap((column, index) => {
      const relation = targets.has(index) ? undefined : missingRelation(column, context, targets)
      return relation === undefined ? [] : [[column.name, relation]]
    }),
  )
  return { mapping, missing, number_column: columns.find(isShortNumber)?.name ?? null }
}

/** Of what can be made because it is named; an id names nothing that could be made. */
function missingRelation(
  column: ColumnProfile,
  context: ReadingContext,
  targets: ReadonlyMap<number, string>,
): string | undefined {
  const heading = headingOf(column.name)
  if (isIdentifierName(heading) || column.share(isNameLike) <= 0.6) return undefined
  const used = new Set(targets.values())
  const named = fieldsOf(context).find(
    ({ field, own }) =>
      field.to === madeKind &&
      !used.has(field.name) &&
      nameScore(field, heading, context.kind.object, own) >= 0.85,
  )
  return named?.field.name
}

/** The best fit first; a field goes to one column and a column to one field. */
function assign(candidates: Candidate[]): Map<number, string> {
  const targets = new Map<number, string>()
  const used = new Set<string>()
  for (const { column, target, score } of candidates.toSorted(
    (a, b) => b.score - a.score || a.column - b.column,
  )) {
    if (score < threshold || targets.has(column) || used.has(target)) continue
    targets.set(column, target)
    used.add(target)
  }
  return targets
}

/** By which a lead or a deal is better called than by whatever has a name beside it. */
const namingCompany = ['company_name', 'company_id']

/**
 * Where no column is the name, the first that is called one of some kind (`Site name`, `Nome do aluno`): names of
 * campaigns come again and again, those of accounts and agents are of others.
 */
function takeAnyName(
  columns: readonly ColumnProfile[],
  targets: Map<number, string>,
  context: ReadingContext,
): void {
  const { title, object } = context.kind
  const others = fieldsOf(context).filter(({ field }) => field.to !== undefined || field.type === 'user')
  const known = new Set(targets.values())
  if ([title, ...Object.keys(nameParts), ...namingCompany].some((target) => known.has(target))) return
  const place = columns.findIndex((column, index) => {
    const heading = headingOf(column.name)
    const words = heading.split(' ')
    return (
      !targets.has(index) &&
      words.some((word) => word === 'name' || word === 'nome') &&
      !isIdentifierName(heading) &&
      others.every(({ field, own }) => nameScore(field, heading, object, own) === 0) &&
      column.share(isNameLike) > 0.9 &&
      new Set(column.values).size > column.values.length / 3
    )
  })
  if (place >= 0) targets.set(place, title)
}

/** A first name stands beside a last name; where the whole name has its own column they stay custom. */
function joinNameParts(columns: readonly ColumnProfile[], targets: Map<number, string>): void {
  const columnOf = (target: string) => [...targets].find(([, found]) => found === target)?.[0]
  const [whole, first, last] = ['full_name', 'first_name', 'last_name'].map(columnOf)
  if (whole === undefined) return
  const isBareName = ['name', 'nome'].includes(headingOf(columns[whole]?.name ?? ''))
  if (last !== undefined && first === undefined && isBareName) targets.set(whole, 'first_name')
  else for (const part of [first, last]) if (part !== undefined) targets.delete(part)
}

type Guessed = { field: FieldDescription; own?: OwnField }
type Means = { fields: readonly Guessed[]; context: ReadingContext; leads: Leads }

/** Tags are many words that people agreed on: no column becomes them by a guess. */
function fieldsOf({ kind, own }: ReadingContext): Guessed[] {
  const standard = [...kind.fields.values()].filter(({ type }) => type !== 'tags')
  const usable = own.filter(({ retired, type }) => !retired && type !== 'formula')
  return [
    ...standard.map((field) => ({ field })),
    ...usable.map((one) => ({ field: describeOwnField(one), own: one })),
  ]
}

/** Relations that the column may be, by its name: what it holds has to be looked for then. */
export const mayLeadTo = (column: ColumnProfile, context: ReadingContext): FieldDescription[] =>
  fieldsOf(context).flatMap(({ field, own }) =>
    field.to !== undefined &&
    column.filled > 0 &&
    nameScore(field, headingOf(column.name), context.kind.object, own) > 0
      ? [field]
      : [],
  )

function candidatesOf(means: Means, column: ColumnProfile, index: number): Candidate[] {
  if (column.filled === 0) return []
  const heading = headingOf(column.name)
  const { object, title } = means.context.kind
  const candidates = means.fields.map(({ field, own }): Candidate => {
    const score = scoreOf(means, { field, own }, heading, column)
    return { column: index, target: field.name, score }
  })
  for (const [target, words] of Object.entries(title === 'full_name' ? nameParts : {}))
    if (
      [heading, bareHeading(heading, object)].some((text) => says(words, text)) &&
      column.share(isNameLike) > 0.5
    )
      candidates.push({ column: index, target, score: 1 })
  return candidates
}

function scoreOf(
  { fields, context, leads }: Means,
  { field, own }: Guessed,
  heading: string,
  column: ColumnProfile,
): number {
  const { object } = context.kind
  const named = (one: Guessed) => nameScore(one.field, heading, object, one.own)
  const byName = named({ field, own })
  // `Account ID` of a contact tells the contact from no other.
  if (isIdentifier(field))
    return fields.some((one) => one.field.to !== undefined && named(one) > 0)
      ? 0
      : identifierScore(byName, heading, column)
  const byContent = own ? 0 : contentScore(field, column)
  if (byName === 0 && byContent === 0) return 0
  const { marks } = column
  const fits = (text: string) => {
    if (field.to !== undefined) return leads(field.name, text)
    const read = own
      ? readOwnCell(own, { text, marks, reading: context })
      : readValue(field, text, marks, context)
    return read.problem === undefined
  }
  const readable = column.share(fits)
  const enough = field.name === 'stage_id' ? 0.3 : byName === 1 ? 0.6 : 0.9
  if (readable < enough || !looksRight(field, column)) return 0
  return Math.max(byName * 0.8, byContent) + readable * 0.2
}

const emailForm = /^(?:mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+$/i
const urlForm = /^(?:https?:\/\/|www\.)\S+$/i
const markedPhoneForm = /^(?:\+|\()\d[\d\s().-]{6,20}$/

/** What can be told from the values alone, whatever the column is called. */
function contentScore(field: FieldDescription, column: ColumnProfile): number {
  if (field.type === 'email') return certain(column.share((text) => emailForm.test(text)))
  if (field.type === 'url') return certain(column.share((text) => urlForm.test(text)))
  if (field.name === 'phone') return certain(column.share((text) => markedPhoneForm.test(text)))
  if (field.name === 'country') return certain(column.share(isCountryName))
  return 0
}

const certain = (share: number) => (share >= 0.9 ? share * 0.6 : 0)

/** Guards where the reader takes any text: a name has letters, a phone has digits enough. */
function looksRight(field: FieldDescription, column: ColumnProfile): boolean {
  if (['full_name', 'company_name', 'name'].includes(field.name)) return column.share(isNameLike) > 0.6
  if (field.name === 'linkedin') return column.share((text) => /linkedin/i.test(text)) > 0.6
  if (field.type === 'phone') return column.share(isPhoneLike) > 0.6
  if (field.type === 'url') return column.share((text) => /^\S+\.\S+$/.test(text)) > 0.6
  if (field.type === 'text') return column.share((text) => !yesNoForm.test(text)) > 0.6
  return true
}

const yesNoForm = /^(?:yes|no|y|n|true|false|sim|n[aã]o|[01])$/i
const isNameLike = (text: string) => /\p{L}{2}/u.test(text) && !yesNoForm.test(text) && !emailForm.test(text)
const dateForm = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/
const isPhoneLike = (text: string) => text.replace(/\D/g, '').length >= 6 && !dateForm.test(text)

const isIdentifier = ({ name }: FieldDescription) => name === 'external_id' || name === 'code'

const standardFields: Readonly<Record<string, readonly FieldDescription[]>> = {
  lead: leadFields,
  contact: contactFields,
  company: companyFields,
  deal: dealFields,
  product: productFields,
}
const identifiers = Object.values(standardFields).flatMap((fields) => fields.filter(isIdentifier))
const ownRelations = Object.entries(standardFields).flatMap(([object, fields]) =>
  fields.filter(({ to }) => to === object),
)

/**
 * Which columns the guess asks of all their values, by their names alone: those that may be identifiers, and every one
 * where a column may lead to other rows of the file. Other values of a large file need not be remembered.
 */
export function isAskedForAll(names: readonly string[]): (name: string) => boolean {
  const isNamed = (field: FieldDescription, name: string) => nameScore(field, headingOf(name), null) > 0
  const leadsHere = names.some((name) => ownRelations.some((field) => isNamed(field, name)))
  return (name) =>
    leadsHere || isIdentifierName(headingOf(name)) || identifiers.some((field) => isNamed(field, name))
}

/** An identifier tells every row apart. Without a telling name, distinct values alone are no identifier. */
function identifierScore(byName: number, heading: string, column: ColumnProfile): number {
  if (column.longest > 200 || !column.mostlyDistinct) return 0
  if (column.identifies) return byName === 1 ? 1 : isIdentifierName(heading) ? 0.9 : 0
  return byName === 1 ? 0.8 : 0
}

/** `592959` reads better as a name than a UUID. */
function isShortNumber(column: ColumnProfile): boolean {
  return (
    column.identifies &&
    column.longest <= 12 &&
    isIdentifierName(headingOf(column.name)) &&
    column.share((text) => /^\d+$/.test(text)) === 1
  )
}
