/** Which records a query finds: calls of the functions in the database that walk the rows of words. */
import type { Permission } from '@rapport/contracts'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { ownersInReach, type Actor } from '../../platform/actor.ts'
import type { Match } from '../../platform/lists/index.ts'
import { marksOf, readingsOf, type Reading } from './words.ts'

const beyondAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Which records of one object match `q` for this actor, or null when `q` asks for nothing. */
export function matchClause(actor: Actor, object: string, permission: Permission, q: string): Match | null {
  if (q.trim() === '') return null
  const readings = readingsOf(q, actor.country)
  const scope: Scope = { organization_id: actor.organization_id, object, owners: ownersOf(actor, permission) }
  return {
    newest: (before, limit) =>
      oneOf(
        readings.map((reading) => callNewest(scope, reading, before ?? beyondAll, limit)),
        sql`ORDER BY 1 DESC LIMIT ${limit}`,
      ),
    all: oneOf(readings.map((reading) => callAll(scope, reading))),
    holds: holdsClause(scope, readings),
    broad: readings.every(({ leads }) => leads.every((lead) => lead.length <= 2)),
  }
}

type Scope = {
  organization_id: string
  object: string
  /** Null for the records of everyone. */
  owners: readonly string[] | null
}

export function ownersOf(actor: Actor, permission: Permission): readonly string[] | null {
  const owners = ownersInReach(actor, permission)
  return owners === 'all' ? null : owners
}

/** `%` and `_` stand for themselves in what was typed. */
export const patternOf = (test: string) => `%|${test.replace(/[\\%_]/g, '\\$&')}%`

const askedOf = ({ object }: Scope, { leads, tests }: Reading): RawBuilder<unknown> =>
  sql`${leads.map((lead) => `${object} ${lead}`)}::text[], ${tests.map(patternOf)}::text[], ${marksOf(tests).toString()}::bigint`

const mostReadings = 12

/** What `search_together` asks of the records of every kind: any of the queries, each read in all its ways. */
export const askedInAll = (queries: readonly string[], country: string | null) =>
  queries
    .flatMap((q) => readingsOf(q, country))
    .slice(0, mostReadings)
    .map(({ leads, tests }) => ({
      leads,
      tests: tests.map(patternOf),
      mask: marksOf(tests).toString(),
    }))

function callNewest(scope: Scope, reading: Reading, before: string, limit: number): RawBuilder<unknown> {
  const { organization_id, object, owners } = scope
  return sql`SELECT search_newest(${organization_id}::uuid, ${object}, ${askedOf(scope, reading)}, ${owners}::uuid[],
    ${before}::uuid, ${limit}::int) AS record_id`
}

function callAll(scope: Scope, reading: Reading): RawBuilder<unknown> {
  const { organization_id, object, owners } = scope
  return sql`SELECT search_all(${organization_id}::uuid, ${object}, ${askedOf(scope, reading)}, ${owners}::uuid[]) AS record_id`
}

/** @param then what to do when there are several: each by itself is in order and bounded already. */
function oneOf(selects: RawBuilder<unknown>[], then: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  if (selects.length === 0) return sql`SELECT NULL::uuid AS record_id WHERE false`
  if (selects.length === 1) return sql`${selects[0]}`
  return sql`${sql.join(
    selects.map((select) => sql`(${select})`),
    sql` UNION `,
  )} ${then}`
}

function holdsClause({ organization_id, object, owners }: Scope, readings: Reading[]): RawBuilder<SqlBool> {
  if (readings.length === 0) return sql<SqlBool>`false`
  const tests = readings.map((reading) => sql`s.words LIKE ALL (${reading.tests.map(patternOf)}::text[])`)
  return sql<SqlBool>`EXISTS (SELECT FROM search_documents s WHERE s.organization_id = ${organization_id}::uuid
    AND s.object = ${object} AND s.record_id = r.id AND (${sql.join(tests, sql` OR `)})
    ${owners === null ? sql`` : sql`AND s.owner_id = ANY(${owners}::uuid[])`})`
}
