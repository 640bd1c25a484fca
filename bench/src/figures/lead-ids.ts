/** Leads of the largest organization to read and to move: spread over it, the same ones in each run. */
import pg from 'pg'
import type { Bench } from '../bench.ts'

export async function idsOfLeads(
  { database, organization }: Bench,
  count: number,
  stage = 0,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM leads WHERE organization_id = $1 AND stage_id = $2 AND version = 1 AND deleted_at IS NULL
       ORDER BY md5(id::text) LIMIT $3`,
      [organization.id, organization.stages[stage]?.id, count],
    )
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}

export async function phonesOfLeads({ database, organization }: Bench, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ phone: string }>(
      `SELECT phone FROM leads WHERE organization_id = $1 AND deleted_at IS NULL ORDER BY md5(id::text) LIMIT $2`,
      [organization.id, count],
    )
    return rows.map(({ phone }) => phone)
  } finally {
    await client.end()
  }
}
