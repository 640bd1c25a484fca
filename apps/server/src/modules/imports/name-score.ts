/** How well the name of a column says which field it is, in the words of people and of the systems they come from. */
import { isCurrency, type FieldDescription } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import { normaliseName } from './header.ts'

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Words that only say whose value it is: `Primary Phone` is a phone. */
const decorations = wordsOf(
  'primary main work business office principal comercial do da de of the 1 required obrigatorio',
)
const people = wordsOf('lead contact customer client prospect person cliente contato pessoa billing mailing')
/** The same, of what is brought in: `Billing City` of a company, `Deal - Title` of a deal. */
const ownWords: Readonly<Record<string, ReadonlySet<string>>> = {
  lead: people,
  contact: people,
  company: wordsOf(
    'company account organization organisation customer client empresa conta organizacao cliente billing hq',
  ),
  deal: wordsOf('deal opportunity negocio negociacao oportunidade'),
  product: wordsOf('product item produto'),
}
const identifierWords = wordsOf(
  'id ids identifier number no num nr code key uuid guid ref reference codigo numero chave cod matricula',
)
/** A column that leads to another record says by what it names it: `Account ID`, `Associated Company`. */
const naming = wordsOf('name nome ext external externo associated associado associada')

/** Currencies that are written after a name without brackets: `amount_usd`. Other codes are words as well. */
const plainCurrencies = wordsOf('usd eur gbp brl cad aud chf jpy inr mxn')
const bracketed = /[([]\s*(R\$|US\$|€|£|[A-Za-z]{3})\s*[)\]]\s*$/
const trailing = /[\s_-](?:in[\s_])?([A-Za-z]{3})$/
const signs: Readonly<Record<string, string>> = { R$: 'BRL', US$: 'USD', '€': 'EUR', '£': 'GBP' }

/** The currency that the name of a column says its amounts are in, as `Amount (USD)` does; else null. */
export function namedCurrency(name: string): string | null {
  const inBrackets = bracketed.exec(name)?.[1] ?? ''
  const code = (signs[inBrackets] ?? inBrackets).toUpperCase()
  if (code !== '' && isCurrency(code)) return code
  const last = trailing.exec(name)?.[1]?.toLowerCase() ?? ''
  return plainCurrencies.has(last) ? last.toUpperCase() : null
}

/** The words of a column's name, without what marks it: Salesforce ends the names of own fields with `__c`. */
export function headingOf(name: string): string {
  const bare = name.replace(/__c$/i, '')
  const currency = namedCurrency(bare)
  return normaliseName(currency === null ? bare : bare.replace(bracketed, '').replace(trailing, ''))
}

export const isIdentifierName = (heading: string) =>
  heading.split(' ').some((token) => identifierWords.has(token))

const squeezed = (text: string) => text.replaceAll(' ', '')

/** Whether the heading says one of these, also written in one word: `dealname`. */
export const says = (names: readonly string[], heading: string): boolean =>
  names.includes(heading) || names.some((name) => squeezed(name) === squeezed(heading))

/** The heading without words that tell nothing of the field. */
export function bareHeading(heading: string, object: string | null): string {
  const further = ownWords[object ?? '']
  return heading
    .split(' ')
    .filter((token) => !decorations.has(token) && further?.has(token) !== true)
    .join(' ')
}

const withoutNaming = (heading: string) =>
  heading
    .split(' ')
    .filter((token) => !naming.has(token) && !identifierWords.has(token))
    .join(' ')

/**
 * From 0, not at all, to 1, by that name.
 * @param object what is brought in; null where any could be
 * @param own the field, where the organization made it
 */
export function nameScore(
  field: FieldDescription,
  heading: string,
  object: string | null,
  own?: OwnField,
): number {
  const names = own
    ? [normaliseName(own.label), normaliseName(own.key)]
    : [normaliseName(field.name), ...field.synonyms.en, ...field.synonyms.pt]
  if (says(names, heading)) return 1
  const bare = bareHeading(heading, object)
  if (bare !== '' && says(names, bare)) return 0.85
  const leads = field.type === 'user' || field.type === 'relation'
  if (leads && [heading, bare].some((text) => says(names, withoutNaming(text)))) return 0.85
  if (own) return 0
  const tokens = heading.split(' ')
  const overlap = Math.max(...names.map((words) => jaccard(tokens, words.split(' '))))
  // Any text or number could be anything: there half a match of the name is no match.
  const isTelling = ['email', 'phone', 'url', 'select', 'user'].includes(field.type)
  return overlap >= (isTelling ? 0.5 : 0.66) ? 0.3 + overlap * 0.5 : 0
}

function jaccard(left: readonly string[], right: readonly string[]): number {
  const both = left.filter((token) => right.includes(token)).length
  return both / (new Set([...left, ...right]).size || 1)
}
