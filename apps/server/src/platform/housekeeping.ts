/** What is swept away every night: answers and events that nobody will ask for again. */
import { sql } from 'kysely'
import { systemActor } from './actor.ts'
import type { Jobs } from './jobs.ts'
import { oneByOne } from './one-by-one.ts'
import type { Tenancy } from './tenancy.ts'

const batchSize = 5_000

type Parts = { jobs: Jobs; tenancy: Tenancy; subscribers: () => string[] }

export function scheduleHousekeeping({ jobs, tenancy, subscribers }: Parts): void {
  jobs.schedule('housekeeping.answers', '7 * * * *', () => removeOldAnswers(tenancy))
  jobs.schedule('housekeeping.events', '27 3 * * *', () => removeOldEvents(tenancy, subscribers()))
}

export async function removeOldAnswers(tenancy: Tenancy): Promise<void> {
  await inBatches(() =>
    tenancy.inSystem((tx) =>
      sql`DELETE FROM idempotency_keys WHERE key_hash IN (
            SELECT key_hash FROM idempotency_keys WHERE created_at < now() - interval '24 hours' LIMIT ${batchSize})`.execute(
        tx,
      ),
    ),
  )
}

/** Events of more than 30 days ago that every subscriber has passed. */
export const removeOldEvents = (tenancy: Tenancy, subscribers: string[]): Promise<void> =>
  oneByOne(allPassed(tenancy, subscribers), async ({ organization_id, passed }) => {
    if (passed > 0) await removePassed(tenancy, organization_id, passed)
  })

async function* allPassed(tenancy: Tenancy, subscribers: string[]) {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000'
  while (after !== undefined) {
    const page = await findPassed(tenancy, subscribers, after)
    yield* page
    after = page.at(-1)?.organization_id
  }
}

/** The next organizations, each with the number that all of these subscribers have come to. */
async function findPassed(tenancy: Tenancy, subscribers: string[], after: string) {
  const { rows } = await tenancy.inSystem((tx) =>
    sql<{ organization_id: string; passed: number }>`
      SELECT h.organization_id, least(h.seq, min(coalesce(p.seq, 0))) AS passed
      FROM (SELECT * FROM event_heads WHERE organization_id > ${after} ORDER BY organization_id LIMIT 500) h
      LEFT JOIN unnest(${subscribers}::text[]) AS s (subscriber) ON true
      LEFT JOIN event_positions p
        ON p.subscriber = s.subscriber AND p.organization_id = h.organization_id
      GROUP BY h.organization_id, h.seq ORDER BY h.organization_id`.execute(tx),
  )
  return rows
}

/** Always a prefix, up to the first event that is kept: whoever reads must not meet a gap. */
async function removePassed(tenancy: Tenancy, organization_id: string, passed: number): Promise<void> {
  await inBatches(() =>
    tenancy.inTenant(systemActor(organization_id), ({ tx }) =>
      sql`
        WITH oldest AS (
          SELECT seq, occurred_at FROM events WHERE organization_id = ${organization_id} ORDER BY seq LIMIT ${batchSize}
        ), kept AS (
          SELECT min(seq) AS seq FROM oldest WHERE occurred_at >= now() - interval '30 days'
        )
        DELETE FROM events e USING oldest o, kept
        WHERE e.organization_id = ${organization_id} AND e.seq = o.seq AND o.seq <= ${passed}
          AND (kept.seq IS NULL OR o.seq < kept.seq)`.execute(tx),
    ),
  )
}

/** Short transactions, until one finds less than it could have taken. */
async function inBatches(remove: () => Promise<{ numAffectedRows?: bigint }>): Promise<void> {
  while (Number((await remove()).numAffectedRows ?? 0) >= batchSize);
}
