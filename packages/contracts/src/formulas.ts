/**
 * The language of formula fields, as far as screens and other programs need to know it. Fields are written as
 * everywhere in the API (`estimated_value`, `custom.budget`), text in quotes, decimals with a point, arguments
 * with commas: `if(custom.budget > 1000, 'large', 'small')`.
 */
import { z } from 'zod'

export const maxFormulaLength = 2000

/** What a formula can result in. */
export const formulaTypes = ['number', 'text', 'boolean', 'date'] as const
export const FormulaType = z.enum(formulaTypes)
export type FormulaType = z.infer<typeof FormulaType>

/** In the order in which a screen shows them. */
export const formulaFunctions = [
  'if',
  'coalesce',
  'is_empty',
  'and',
  'or',
  'not',
  'round',
  'floor',
  'ceil',
  'abs',
  'min',
  'max',
  'concat',
  'lower',
  'upper',
  'trim',
  'left',
  'right',
  'len',
  'contains',
  'date',
  'year',
  'month',
  'day',
  'add_days',
  'days_between',
] as const
export type FormulaFunction = (typeof formulaFunctions)[number]

/** Why a formula is refused; `name`, `expected` and `found` are what a translated sentence needs. */
export const formulaReasons = [
  'empty',
  'too_long',
  'too_deep',
  'syntax',
  'single_equals',
  'not_allowed',
  'unknown_field',
  'unusable_field',
  'unknown_function',
  'argument_count',
  'wrong_type',
  'different_types',
  'circular',
] as const
export const FormulaFault = z.object({
  reason: z.enum(formulaReasons),
  start: z.int().describe('Where in the formula, in UTF-16 units; `end` is behind it'),
  end: z.int(),
  message: z.string(),
  name: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
})
export type FormulaFault = z.infer<typeof FormulaFault>
