/** What a person chooses for each of the three records of a conversion, and the request that it comes to. */
import type { ConversionMatch, ConvertedObject } from '@rapport/contracts'
import type { ConvertBody } from './api.ts'

/** The id of a match, a new record, or none. */
export type Choice = string
export const NEW = 'new'
export const NONE = 'none'

export type Offer = { matches: readonly ConversionMatch[]; values: Readonly<Record<string, unknown>> | null }
export type Offers = Record<ConvertedObject, Offer>
export type Chosen = { choice: Choice; name: string; value: string }

/** The field that a new one is known by. */
export const titleFields: Record<ConvertedObject, string> = {
  company: 'name',
  contact: 'full_name',
  deal: 'name',
}

/** The first match, or else a new record, as the server would take it. */
export function firstChoice(object: ConvertedObject, { matches, values }: Offer): Chosen {
  const value = values?.['value']
  return {
    choice: matches[0]?.id ?? (values ? NEW : NONE),
    name: String(values?.[titleFields[object]] ?? ''),
    value: typeof value === 'number' ? String(value) : '',
  }
}

/** @param valueOf reads what was typed for the worth of the deal; null for nothing. */
export function bodyOf(
  offers: Offers,
  chosen: Record<ConvertedObject, Chosen>,
  version: number,
  valueOf: (typed: string) => number | null,
): ConvertBody {
  const part = (object: ConvertedObject, more: object = {}) => {
    const { choice, name } = chosen[object]
    if (choice === NONE) return null
    return choice === NEW ? { values: { [titleFields[object]]: name.trim(), ...more } } : { id: choice }
  }
  return {
    company: part('company'),
    contact: part('contact'),
    // What is proposed follows by itself; a role may not be allowed to say it.
    deal: part(
      'deal',
      chosen.deal.value === firstChoice('deal', offers.deal).value
        ? {}
        : { value: valueOf(chosen.deal.value) },
    ),
    version,
  } as ConvertBody
}
