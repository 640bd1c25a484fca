/** What the deals of a company come to, counted on an index of theirs, as far as the caller may read them. */
import type { DealTotals } from '@rapport/contracts'
import { sql } from 'kysely'
import type { ReadContext } from '../../platform/http/route.ts'
import { queryBuilder } from '../../platform/kysely.ts'
import { recordsOf, seenBy, visibleClause } from '../../platform/lists/index.ts'
import { notFound } from '../../platform/problems.ts'
import { deals } from './definition.ts'

type Status = keyof DealTotals
type Row = { sums: { status: Status; currency: string; count: number; value: number }[] }

export async function totalDealsOf({ actor, read }: ReadContext, company_id: string): Promise<DealTotals> {
  const companies = recordsOf('company')
  const statement = sql<Row>`
    SELECT (SELECT coalesce(json_agg(s), '[]') FROM (
      SELECT t.status, t.currency, count(*) AS count, coalesce(sum(t.value), 0)::float8 / 10000 AS value FROM deals t
      WHERE t.organization_id = ${actor.organization_id}::uuid AND t.company_id = ${company_id}::uuid AND t.deleted_at IS NULL
        ${visibleClause(deals.records, actor, 't')}
      GROUP BY t.status, t.currency ORDER BY t.status, t.currency) s) AS sums
    FROM companies r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.id = ${company_id}::uuid ${visibleClause(companies, actor)}`
  const [row] = await read(statement.compile(queryBuilder))
  if (!row) throw notFound('company', company_id)
  const showsValue = seenBy(deals.records, actor).fields.has('value')
  const of = (status: Status): DealTotals[Status] => {
    const sums = row.sums.filter((sum) => sum.status === status)
    return {
      count: sums.reduce((count, sum) => count + sum.count, 0),
      values: showsValue ? sums.map(({ currency, value }) => ({ currency, value })) : [],
    }
  }
  return { open: of('open'), won: of('won'), lost: of('lost') }
}
