/** The tags of every organization: a third of the leads carry one, a few of them two. */
import type pg from 'pg'
import { lastMoment_ms, type SeedOrganization } from './plan.ts'
import { createRandom, uuidAt } from './random.ts'

const names = ['Hot', 'Trade fair', 'Newsletter', 'Reseller', 'Referral', 'Returning', 'Key account', 'Trial']

export async function fillTags(client: pg.Client, organizations: SeedOrganization[]): Promise<void> {
  const random = createRandom(10)
  const rows = organizations.flatMap(({ id: organization_id }, place) =>
    names.map((name, position) => ({
      organization_id,
      id: uuidAt(lastMoment_ms + place, 100 + position, random),
      name,
      key: name.toLowerCase(),
      color: 'slate',
    })),
  )
  await client.query(
    `INSERT INTO tags (organization_id, id, name, key, color)
     SELECT organization_id, id, name, key, color FROM jsonb_populate_recordset(NULL::tags, $1)`,
    [JSON.stringify(rows)],
  )
  // The end of an id is random, and the same on every machine.
  await client.query(
    `INSERT INTO record_tags (organization_id, object, record_id, tag_id)
     SELECT r.organization_id, 'lead', r.id, t.id
     FROM (SELECT organization_id, id, abs(hashtext(id::text)) AS dice FROM leads) r
     JOIN (SELECT organization_id, id, row_number() OVER (PARTITION BY organization_id ORDER BY key) - 1 AS place FROM tags) t
       ON t.organization_id = r.organization_id
       AND (t.place = r.dice % $1 OR (t.place = r.dice % 5 AND r.dice % 10 = 0))
     WHERE r.dice % 3 = 0`,
    [names.length],
  )
}
