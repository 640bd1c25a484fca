/** From what a caller gives to what is stored. */
import {
  currencyDigits,
  fitsCurrency,
  moneyScale,
  toStoredMoney,
  type LeadChange,
  type NewLead,
} from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import { normalizePhone } from '../../platform/phone-numbers.ts'
import type { Custom, LeadRow } from './lead-row.ts'
import { tooManyCustom, tooManyDecimals } from './problems.ts'

/** The columns that a person fills in. */
const entered = [
  'full_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'website',
  'industry',
  'country',
  'state',
  'city',
  'time_zone',
  'source',
  'external_id',
  'status',
  'score',
  'probability',
  'estimated_value',
  'currency',
  'owner_id',
  'custom',
] as const

export type LeadValues = Pick<LeadRow, (typeof entered)[number]>
type Given = Omit<LeadChange, 'version'> | NewLead

const blank: Omit<LeadValues, 'full_name' | 'status' | 'currency' | 'owner_id'> = {
  company_name: null,
  email: null,
  phone: null,
  mobile: null,
  website: null,
  industry: null,
  country: null,
  state: null,
  city: null,
  time_zone: null,
  source: null,
  external_id: null,
  score: null,
  probability: null,
  estimated_value: null,
  custom: {},
}

export function newValues(actor: Actor, given: NewLead, status: string): LeadValues {
  const { full_name } = given
  return applyGiven(actor, { ...blank, full_name, status, currency: actor.currency, owner_id: null }, given)
}

/** `before` with what is given; a null empties a field, an absent one leaves it. */
export function applyGiven(actor: Actor, before: LeadValues, given: Given): LeadValues {
  const { custom, estimated_value, ...plain } = given
  const told = Object.fromEntries(
    Object.entries(plain).filter(([name, value]) => value !== undefined && isEntered(name)),
  )
  const after: LeadValues = { ...before, ...told, custom: mergeCustom(before.custom, custom) }
  if (estimated_value !== undefined)
    after.estimated_value = estimated_value === null ? null : Number(toStoredMoney(estimated_value))
  const countries = [after.country, actor.country]
  if (given.phone) after.phone = normalizePhone(given.phone, countries)
  if (given.mobile) after.mobile = normalizePhone(given.mobile, countries)
  requireFit(after)
  return after
}

const isEntered = (name: string) => (entered as readonly string[]).includes(name)

function requireFit({ estimated_value, currency }: LeadValues): void {
  if (estimated_value === null || currencyDigits(currency) >= 4) return
  if (!fitsCurrency(estimated_value / moneyScale, currency)) throw tooManyDecimals()
}

function mergeCustom(before: Custom, given: Custom | undefined): Custom {
  if (!given) return before
  const merged = { ...before, ...given }
  const kept = Object.entries(merged).filter(([, value]) => value !== null)
  if (kept.length > 200) throw tooManyCustom()
  return Object.fromEntries(kept)
}

/** Field → [before, after], told as callers know the values; custom values by `custom.<key>`. */
export type Changes = Record<string, [unknown, unknown]>

export function changesBetween(before: LeadValues, after: LeadValues): Changes {
  const changes: Changes = {}
  for (const name of entered) {
    if (name === 'custom' || before[name] === after[name]) continue
    changes[name] = [tell(name, before[name]), tell(name, after[name])]
  }
  const keys = new Set([...Object.keys(before.custom), ...Object.keys(after.custom)])
  for (const key of keys) {
    const [was, is] = [before.custom[key] ?? null, after.custom[key] ?? null]
    if (was !== is) changes[`custom.${key}`] = [was, is]
  }
  return changes
}

export function tell(name: string, value: unknown): unknown {
  return name === 'estimated_value' && value !== null ? Number(value) / moneyScale : value
}

/** What a lead holds, as callers know it, without the fields that are empty. */
export function toldValues(
  lead: LeadValues & Pick<LeadRow, 'pipeline_id' | 'stage_id'>,
): Record<string, unknown> {
  const told: Record<string, unknown> = { pipeline_id: lead.pipeline_id, stage_id: lead.stage_id }
  for (const name of entered)
    if (name !== 'custom' && lead[name] !== null) told[name] = tell(name, lead[name])
  for (const [key, value] of Object.entries(lead.custom)) told[`custom.${key}`] = value
  return told
}
