/** Values of the fields that an organization made, as records carry them in `custom: {key: value}`. */
import { z } from 'zod'

/** Values of columns that have no field of their own: key → what the file or the caller gave. */
export const Custom = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower-case letters, digits and _'),
    z.union([
      z.string().max(10_000),
      z.number(),
      z.boolean(),
      z.array(z.string().max(200)).max(100),
      z.null(),
    ]),
  )
  .refine((custom) => Object.keys(custom).length <= 200, 'at most 200 custom values')

/** Marks, in the OpenAPI document, where an organization's own document says more: `new lead`, `deal`, … */
export const ownValuesMark = 'x-own-values'

/** What a new record of the object may be given, and must be where a field is required. */
export const newCustom = (object: string) => Custom.meta({ [ownValuesMark]: `new ${object}` }).optional()
/** Merged key by key; a null takes the key away. */
export const changedCustom = (object: string) =>
  Custom.meta({ [ownValuesMark]: `changed ${object}` }).optional()
/** What a record of the object tells. */
export const toldCustom = (object: string) =>
  z.record(z.string(), z.unknown()).meta({ [ownValuesMark]: `told ${object}` })
