/** The custom fields of every organization, and the index rows of their values. */
import type pg from 'pg'
import { tiers } from './leads.ts'
import { lastMoment_ms, type SeedOrganization } from './plan.ts'
import { createRandom, uuidAt } from './random.ts'

const fields = [
  { key: 'budget', label: 'Budget', type: 'number', options: [] },
  {
    key: 'tier',
    label: 'Tier',
    type: 'select',
    options: tiers.map((tier) => ({ value: tier, label: tier, color: 'slate' })),
  },
  { key: 'renewal', label: 'Renewal', type: 'date', options: [] },
]

export async function fillCustomFields(client: pg.Client, organizations: SeedOrganization[]): Promise<void> {
  const random = createRandom(9)
  const rows = organizations.flatMap(({ id: organization_id }, place) =>
    fields.map((field, position) => ({
      organization_id,
      id: uuidAt(lastMoment_ms + place, position, random),
      object: 'lead',
      position,
      ...field,
    })),
  )
  await client.query(
    `INSERT INTO custom_fields (organization_id, id, object, key, label, type, options, position)
     SELECT organization_id, id, object, key, label, type, options, position
     FROM jsonb_populate_recordset(NULL::custom_fields, $1)`,
    [JSON.stringify(rows)],
  )
  await client.query(`
    INSERT INTO custom_values (organization_id, field_id, record_id, number, text)
    SELECT r.organization_id, f.id, r.id,
      CASE WHEN f.type = 'number' THEN (r.custom->>f.key)::float8 END,
      CASE WHEN f.type <> 'number' THEN r.custom->>f.key END
    FROM leads r JOIN custom_fields f ON f.organization_id = r.organization_id
    WHERE r.custom ? f.key`)
}
