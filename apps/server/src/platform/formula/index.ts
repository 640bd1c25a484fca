/** Calculated fields. The language is told in contracts/formulas.ts and decision 0024. */
export { compileFormula, type Formula } from './compile.ts'
export { compileFormulas } from './formula-set.ts'
export { FormulaError } from './fault.ts'
export type { ValueType } from './values.ts'
