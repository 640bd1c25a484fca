/** The product hands on every event, also those of writes that the bare server repeated: each round starts caught up. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Bench } from '../bench.ts'
import { request } from '../replay.ts'

const patience_ms = 120_000

export async function settleEvents(bench: Bench): Promise<void> {
  // A commit of its own tells the product to look.
  await request(bench.product, await bench.logIn(), {
    method: 'POST',
    path: '/crm/leads',
    body: { full_name: 'Settle' },
  })
  const client = new pg.Client({ connectionString: bench.database.adminUrl })
  await client.connect()
  try {
    const until = performance.now() + patience_ms
    while ((await eventsBehind(client, bench.organization.id)) > 0) {
      if (performance.now() > until) throw new Error('The product does not catch up with its events.')
      await pause(50)
    }
  } finally {
    await client.end()
  }
}

async function eventsBehind(client: pg.Client, organization_id: string): Promise<number> {
  const { rows } = await client.query<{ behind: string }>(
    `SELECT max(h.seq - p.seq) AS behind FROM event_heads h JOIN event_positions p USING (organization_id)
     WHERE organization_id = $1`,
    [organization_id],
  )
  return Number(rows[0]?.behind ?? 1)
}
