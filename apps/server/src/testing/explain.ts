/** The plans of what is read, made as the application's own role would make them. */
import type { CompiledQuery } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { ReadContext } from '../platform/http/route.ts'
import type { Statement } from '../platform/prepared.ts'
import type { Tenancy, TenantTx } from '../platform/tenancy.ts'

type Line = CompiledQuery<Record<string, string>>

/** Reads are answered with `row`, or with nothing. The plan of each statement goes to `plans`, that of its rest to `rests`. */
export function explaining(
  { readTenant }: Pick<Tenancy, 'readTenant'>,
  actor: Actor,
  plans: string[],
  row?: Record<string, unknown> | null,
  rests: string[] = [],
): ReadContext {
  const explain = async ({ sql: text, parameters, query, queryId }: Statement) => {
    const asked = { query, queryId, parameters, sql: `EXPLAIN (COSTS OFF) ${text}` } as Line
    const lines = await readTenant(actor, asked)
    return lines.map((line) => line['QUERY PLAN']).join('\n')
  }
  const read = async <Row>({ rest, ...found }: Statement<Row>): Promise<Row[]> => {
    plans.push(await explain(found))
    if (rest) rests.push(await explain(rest))
    return row == null ? [] : [row as Row]
  }
  return { actor, read }
}

/** The same transaction; the plan of each statement of `sql` that goes through it is added to `plans` before it is run. */
export function explainingTx(tx: TenantTx, plans: string[], options = 'COSTS OFF'): TenantTx {
  const executor = tx.getExecutor()
  const explain = async (query: CompiledQuery) => {
    const { rows } = await executor.executeQuery<Record<string, string>>({
      ...query,
      sql: `EXPLAIN (${options}) ${query.sql}`,
    })
    plans.push(rows.map((line) => line['QUERY PLAN']).join('\n'))
    return executor.executeQuery(query)
  }
  const explained = replacing(executor, 'executeQuery', explain)
  return replacing(tx, 'getExecutor', () => explained)
}

/** The object with one of its methods replaced. */
const replacing = <Value extends object>(of: Value, method: keyof Value, by: unknown): Value =>
  new Proxy(of, {
    get(target, name) {
      if (name === method) return by
      const found: unknown = Reflect.get(target, name)
      return typeof found === 'function' ? (found.bind(target) as unknown) : found
    },
  })
