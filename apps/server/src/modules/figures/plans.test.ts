/** Each figure reads what happened in its span from an index, whatever else an organization has. */
import { figureNames, type FigureName } from '@rapport/contracts'
import type { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerActor, type Actor } from '../../platform/actor.ts'
import type { ReadContext } from '../../platform/http/route.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { fillSales } from '../../testing/sales.ts'
import { readFigures } from './figures.ts'

let app: TestApp
let actor: Actor

beforeAll(async () => {
  app = await createTestApp()
  const [mine, other] = [await app.register(), await app.register()]
  const admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
  for (const owner of [mine, other]) await fillSales(admin, owner, 20_000)
  await admin.query('VACUUM ANALYZE deals, leads, activities, deal_history, stages')
  await admin.end()
  const { user, organization } = mine.session
  actor = ownerActor({ user_id: user.id, name: user.full_name, organization_id: organization.id })
})
afterAll(() => app?.stop())

const explain = async (asked: CompiledQuery): Promise<string> => {
  const statement = { ...asked, sql: `EXPLAIN (COSTS OFF) ${asked.sql}` } as CompiledQuery<
    Record<string, string>
  >
  const told = await app.app.platform.tenancy.readTenant(actor, statement)
  return told.map((row) => row['QUERY PLAN']).join('\n')
}

test.each(figureNames.map((name): [FigureName] => [name]))(
  'the figure %s reads its span in one statement',
  async (name) => {
    const plans: string[] = []
    const read = async <Row>(asked: CompiledQuery<Row>): Promise<Row[]> => {
      plans.push(await explain(asked))
      return []
    }
    const context: ReadContext = { actor, read }
    await readFigures(context, { names: [name], period: 'month' })
    expect(plans).toHaveLength(1)
    expect(plans[0]).not.toMatch(/Seq Scan on (deals|leads|activities)/)
  },
)
