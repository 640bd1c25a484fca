/**
 * Statements that each connection keeps prepared: PostgreSQL then parses and plans them once, which for a list is half
 * of its work. Only for those whose best plan is the same whatever their values are; all others are planned for the
 * values that they carry, since organizations differ in size a thousandfold.
 */
import type { CompiledQuery } from 'kysely'

/**
 * A name tells the driver to prepare the statement, and to send no more than the name from then on. `rest` is sent
 * right behind it, in the same message and upon the same snapshot, and adds its columns to the first row.
 */
export type Statement<Row = unknown> = CompiledQuery<Row> & { name?: string; rest?: Statement }

/** A statement of one's own fields, role or page is worth it only when it is asked often. */
const often = 20
/** The plan of a list takes about a quarter of a megabyte in each connection. */
const mostKept = 64
const mostCounted = 2_000

const uses = new Map<string, number>()
const names = new Map<string, string>()

export function kept<Row>(query: CompiledQuery<Row>): Statement<Row> {
  const name = names.get(query.sql) ?? nameOnceOften(query.sql)
  return name === undefined ? query : { ...query, name }
}

function nameOnceOften(text: string): string | undefined {
  if (names.size >= mostKept) return undefined
  const used = (uses.get(text) ?? 0) + 1
  if (used < often) {
    if (uses.size >= mostCounted) uses.clear()
    uses.set(text, used)
    return undefined
  }
  uses.delete(text)
  const name = `kept_${names.size + 1}`
  names.set(text, name)
  return name
}
