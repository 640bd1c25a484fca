/** What can become of a column, and what is wrong with a mapping before the server is asked. Pure. */
import {
  contactsTarget,
  customPrefix,
  type CustomField,
  type FieldDescription,
  type ImportColumn,
} from '@rapport/contracts'
import type { z } from 'zod'
import type { Mapping, Policy } from './plan.ts'

export type Column = z.infer<typeof ImportColumn>

export const nameParts = ['first_name', 'last_name'] as const
type NamePart = (typeof nameParts)[number]

/** What a column can fill, in the order of the description: a stage is found by its name, as the people of a deal are. */
export const targetFields = (object: string, fields: Iterable<FieldDescription>): string[] => [
  ...[...fields]
    .filter(({ name, writable, type }) => writable && (type !== 'id' || name === 'stage_id'))
    .map(({ name }) => name),
  ...(object === 'deal' ? [contactsTarget] : []),
]

export const isNamePart = (target: string): target is NamePart => nameParts.some((part) => part === target)

export const isCustom = (target: string | null | undefined): target is string =>
  target?.startsWith(customPrefix) ?? false

/** Targets that more than one column has, each with these columns. */
export function findClashes(mapping: Mapping): Map<string, string[]> {
  const columns = new Map<string, string[]>()
  for (const [column, target] of Object.entries(mapping))
    if (target !== null) columns.set(target, [...(columns.get(target) ?? []), column])
  return new Map([...columns].filter(([, sharing]) => sharing.length > 1))
}

export const isMapped = (mapping: Mapping, ...targets: string[]) =>
  Object.values(mapping).some((target) => target !== null && targets.includes(target))

export const hasName = (mapping: Mapping, title: string) =>
  isMapped(mapping, title, ...(title === 'full_name' ? nameParts : []))

/** What a record without a name is called by: the first of these that has a value. */
const naming: Readonly<Record<string, readonly string[]>> = {
  lead: ['company_name', 'email', 'phone', 'mobile'],
  contact: ['email', 'phone', 'mobile'],
  company: ['domain', 'website', 'email'],
  deal: ['company_id', 'external_id'],
  product: ['code'],
}
export const namingFields = (object: string, mapping: Mapping): string[] =>
  (naming[object] ?? []).filter((field) => isMapped(mapping, field))

/** By which of its columns a row is recognised, in the order in which they decide. */
const recognising: Readonly<Record<string, readonly string[]>> = {
  lead: ['external_id', 'email'],
  contact: ['external_id', 'email'],
  company: ['external_id', 'domain', 'name'],
  deal: ['external_id'],
  product: ['code', 'name'],
}
export function identities(object: string, mapping: Mapping, own: readonly OwnField[] = []): string[] {
  const [first, ...others] = recognising[object] ?? ['', 'name']
  const unique = own.filter((field) => field.unique).map(({ key }) => customPrefix + key)
  return [first ?? '', ...unique, ...others].filter((field) => isMapped(mapping, field))
}

type OwnField = Pick<CustomField, 'key' | 'unique'>

/** Columns that are kept, but under no field yet. */
export const columnsWithoutField = (mapping: Mapping, own: readonly OwnField[]): string[] =>
  Object.entries(mapping).flatMap(([column, target]) =>
    isCustom(target) && !own.some(({ key }) => customPrefix + key === target) ? [column] : [],
  )

/** The server's guess has a key for each column that has no field; for the others we make one that is free. */
export function customTarget(column: string, guessed: Mapping, mapping: Mapping): string {
  const guess = guessed[column]
  if (isCustom(guess)) return guess
  const taken = new Set([
    ...Object.values(guessed),
    ...Object.entries(mapping).flatMap(([other, target]) => (other === column ? [] : [target])),
  ])
  const base = customPrefix + slugOf(column)
  let target = base
  for (let number = 2; taken.has(target); number += 1) target = `${base}_${number}`
  return target
}

/** `What matters most?` → `what_matters_most`; a key starts with a letter and has at most 63 characters. */
function slugOf(name: string): string {
  const slug = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return (/^[a-z]/.test(slug) ? slug : `column_${slug}`).slice(0, 56).replace(/_+$/, '')
}

export function countTargets(mapping: Mapping): { fields: number; custom: number; left_out: number } {
  const targets = Object.values(mapping)
  const left_out = targets.filter((target) => target === null).length
  const custom = targets.filter(isCustom).length
  return { fields: targets.length - left_out - custom, custom, left_out }
}

/** A file that is imported twice should not double its records, so unless one says otherwise duplicates are skipped. */
export const defaultPolicy: Policy = 'skip'
