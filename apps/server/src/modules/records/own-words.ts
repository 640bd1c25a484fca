/** What records are found by of the fields that their organization made. */
import { customPrefix } from '@rapport/contracts'
import type { OwnField } from '../../platform/custom-fields.ts'
import type { Custom } from './definition.ts'

type Words = { texts: string[]; emails: string[]; phones: string[]; urls: string[] }

/** Ids, dates and yes or no are nothing that somebody looks for. */
const foundAs: Partial<Record<OwnField['type'], keyof Words>> = {
  text: 'texts',
  long_text: 'texts',
  select: 'texts',
  multi_select: 'texts',
  number: 'texts',
  money: 'texts',
  email: 'emails',
  phone: 'phones',
  url: 'urls',
}

export function ownWords(own: readonly OwnField[], custom: Custom): Words {
  const words: Words = { texts: [], emails: [], phones: [], urls: [] }
  for (const { key, type, retired } of own) {
    const value = custom[key] ?? null
    const as = foundAs[type]
    if (value === null || as === undefined || retired) continue
    words[as].push(...(Array.isArray(value) ? value.map(String) : [String(value)]))
  }
  return words
}

/** Whether one of the changed fields, `custom.<key>`, is one that records are found by. */
export const changesOwnWords = (own: readonly OwnField[], changed: readonly string[]): boolean =>
  own.some(({ key, type }) => foundAs[type] !== undefined && changed.includes(customPrefix + key))
