/** As much business as a large organization has, written past the API, for tests of plans. */
import type { Pipeline } from '@rapport/contracts'
import type { Client } from 'pg'
import type { Caller } from './app.ts'
import { dealPipelines } from './deals.ts'

/** Years of leads, closed deals and calls, one of each every four hours back from now. */
export async function fillSales(admin: Client, caller: Caller, rows: number): Promise<void> {
  const [pipeline] = await dealPipelines(caller)
  const { organization, user } = caller.session
  await admin.query(
    `INSERT INTO deals (organization_id, id, name, status, pipeline_id, stage_id, rank, value, currency, closed_at, owner_id, created_at)
     SELECT $1, uuidv7(make_interval(hours => -4 * n)), 'Deal ' || n, CASE WHEN n % 2 = 0 THEN 'won' ELSE 'lost' END, $2, $3,
       'i' || lpad(n::text, 8, '0') || 'V', n * 10000, 'EUR', now() - make_interval(hours => 4 * n), $4, now() - make_interval(hours => 4 * n)
     FROM generate_series(1, $5::int) n`,
    [organization.id, pipeline?.id, pipeline?.stages[0]?.id, user.id, rows],
  )
  await admin.query(
    `INSERT INTO activities (organization_id, id, object, record_id, type, actor_id, actor_name, data, occurred_at)
     SELECT organization_id, uuidv7(), 'deal', id, 'call', owner_id, 'Somebody', '{}', closed_at FROM deals WHERE organization_id = $1`,
    [organization.id],
  )
  const { body } = await caller.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=lead')
  const [leads] = body.items
  await admin.query(
    `INSERT INTO leads (organization_id, id, full_name, status, pipeline_id, stage_id, rank, currency, owner_id, created_at)
     SELECT $1, uuidv7(make_interval(hours => -4 * n)), 'Lead ' || n, 'new', $2, $3, 'i' || lpad(n::text, 8, '0') || 'V', 'EUR', $4,
       now() - make_interval(hours => 4 * n)
     FROM generate_series(1, $5::int) n`,
    [organization.id, leads?.id, leads?.stages[0]?.id, user.id, rows],
  )
}
