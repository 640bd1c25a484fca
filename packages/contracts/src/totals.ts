/** What the numbers of all records that a list finds come to: what a table shows below its columns. */
import { z } from 'zod'
import { ListQuery } from './lists.ts'

/** More records than this are not added up one by one. */
export const addedUp = 100_000

export const TotalsQuery = z.strictObject({
  fields: z
    .string()
    .max(1000)
    .default('')
    .describe(
      'Comma-separated fields that hold numbers, percents or money; without any, only the count is told',
    ),
  filter: ListQuery.shape.filter,
  q: ListQuery.shape.q,
  trashed: ListQuery.shape.trashed,
})
export type TotalsQuery = z.output<typeof TotalsQuery>

export const Totals = z.object({
  /** Null when there are too many to be looked at. */
  count: z.int().nullable(),
  /** Nothing for a field that is empty everywhere. Not every field is told when there are too many records. */
  sums: z.array(
    z.object({
      field: z.string(),
      /** Of money: every currency by itself. */
      currency: z.string().nullable(),
      value: z.number(),
      /** How many records have a value. */
      filled: z.int(),
    }),
  ),
})
export type Totals = z.infer<typeof Totals>
