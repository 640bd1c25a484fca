/**
 * The formulas of one object. They may build upon each other, so each is compiled after those it reads, and the
 * order of the answer is one in which they can be calculated. A broken one takes down only those that read it.
 */
import { compileFormula, type Formula, type TypeOfField } from './compile.ts'
import { FormulaError } from './fault.ts'

export function compileFormulas(
  texts: ReadonlyMap<string, string>,
  typeOfField: TypeOfField,
): Map<string, Formula | FormulaError> {
  const compiled = new Map<string, Formula | FormulaError>()
  const underWay = new Set<string>()

  function typeOf(name: string): ReturnType<TypeOfField> {
    const text = texts.get(name)
    if (text === undefined) return typeOfField(name)
    if (underWay.has(name)) return 'circular'
    const formula = compiled.get(name) ?? add(name, text)
    return formula instanceof FormulaError ? brokenType(formula) : formula.type
  }

  function add(name: string, text: string): Formula | FormulaError {
    underWay.add(name)
    const formula = compileOrFault(text, typeOf)
    underWay.delete(name)
    compiled.set(name, formula)
    return formula
  }

  for (const [name, text] of texts) if (!compiled.has(name)) add(name, text)
  return compiled
}

/** Whoever reads a field of a circle is told so, too. */
const brokenType = ({ fault }: FormulaError) => (fault.reason === 'circular' ? 'circular' : 'unusable')

function compileOrFault(text: string, typeOfField: TypeOfField): Formula | FormulaError {
  try {
    return compileFormula(text, typeOfField)
  } catch (cause) {
    if (cause instanceof FormulaError) return cause
    throw cause
  }
}
