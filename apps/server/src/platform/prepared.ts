/**
 * Statements that each connection keeps prepared, once they are asked often. What has the same best plan whatever its
 * values are is `kept` with its plan: PostgreSQL parses and plans it once, which for a list is half of its work. Of all
 * others only what was parsed is kept, and they are planned for the values that they carry each time, since
 * organizations differ in size a thousandfold: `keptParsed`.
 */
import type { CompiledQuery } from 'kysely'

/**
 * A name tells the driver to prepare the statement, and to send no more than the name from then on. `rest` is sent
 * right behind it, in the same message and upon the same snapshot, and adds its columns to the first row.
 */
export type Statement<Row = unknown> = CompiledQuery<Row> & {
  name?: string
  /** Has a name and is planned for its values all the same. */
  planned_anew?: boolean
  rest?: Statement
}

/** What the driver is given. */
export const wireOf = ({ sql, parameters, name }: Statement) => ({
  text: sql,
  values: parameters as unknown[],
  ...(name === undefined ? {} : { name }),
})

/** A statement of one's own fields, role or page is worth it only when it is asked often. */
const often = 20
/** In each connection: what tells a page takes about a fifth of a megabyte there, what finds one a quarter of that. */
const mostKept = 64
const mostCounted = 2_000

const nameKept = namesOfOften('kept')
const nameParsed = namesOfOften('parsed')

export function kept<Row>(query: CompiledQuery<Row>): Statement<Row> {
  const name = nameKept(query.sql)
  return name === undefined ? query : { ...query, name }
}

export function keptParsed<Row>(query: CompiledQuery<Row>): Statement<Row> {
  const name = nameParsed(query.sql)
  return name === undefined ? query : { ...query, name, planned_anew: true }
}

/** Each kind has names of its own: filters come in endless forms, and must not take the place of what everybody asks. */
function namesOfOften(kind: string): (text: string) => string | undefined {
  const uses = new Map<string, number>()
  const names = new Map<string, string>()
  const nameOnceOften = (text: string) => {
    if (names.size >= mostKept) return undefined
    const used = (uses.get(text) ?? 0) + 1
    if (used < often) {
      if (uses.size >= mostCounted) uses.clear()
      uses.set(text, used)
      return undefined
    }
    uses.delete(text)
    const name = `${kind}_${names.size + 1}`
    names.set(text, name)
    return name
  }
  return (text) => names.get(text) ?? nameOnceOften(text)
}
