import { z } from 'zod'
import { isCurrency } from './money.ts'

export const Id = z.uuid()
export const IdParams = z.strictObject({ id: Id })
/** A record that another one leads to, when it was asked for with `include`. */
export const RelatedRecord = z.object({ id: Id, name: z.string() })
/** A time that may be left out or emptied, always told in UTC. */
export const optionalTime = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .nullish()
/** From 0 to 100, with at most four decimals. */
export const Percent = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Math.abs(value * 10_000 - Math.round(value * 10_000)) < 1e-6, {
    message: 'must not have more than 4 decimals',
  })
export const Version = z.int().min(1)
export const Timestamp = z.iso.datetime()
export const Currency = z
  .string()
  .refine(isCurrency, 'must be an ISO 4217 currency code, as EUR or BRL')
  .describe('ISO 4217 code')
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** A name or label that a person types: trimmed, not empty, without control characters. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !hasControlCharacter(text), 'must not contain control characters')
}

/** An optional line: an empty string means "no value" and becomes null. */
export function optionalLine(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .refine((text) => !hasControlCharacter(text), 'must not contain control characters')
    .transform((text) => (text === '' ? null : text))
    .nullish()
}

/** PostgreSQL refuses NUL in text; other C0 characters have no place in a one-line field. */
export function hasControlCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
}

/** The answer of every list: one page and the opaque cursor of the next. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable(), total: z.int().optional() })
}

/** RFC 9457 problem details; `code` is stable and meant for programs. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  current: z.unknown().optional(),
  conflicts: z.array(z.string()).optional(),
})
export type Problem = z.infer<typeof Problem>
