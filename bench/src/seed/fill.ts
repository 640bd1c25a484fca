/** Writes the seed into a migrated, empty database, as a superuser: loads are not what row-level security is for. */
import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import { hashPassword } from '../../../apps/server/src/modules/identity/index.ts'
import { searchDocument } from '../../../apps/server/src/modules/leads/index.ts'
import { documentVector } from '../../../apps/server/src/modules/search/index.ts'
import { copyLineOf, leadColumns, makeLeads, type SeedLead } from './leads.ts'
import { password, planOrganizations, type SeedOrganization, type Size } from './plan.ts'

const documentColumns = ['organization_id', 'object', 'record_id', 'owner_id', 'title', 'subtitle', 'words']
const linesInChunk = 500

export async function fillDatabase(url: string, size: Size, say: (text: string) => void): Promise<void> {
  const organizations = planOrganizations(size)
  const [leads, documents] = [await connect(url), await connect(url)]
  try {
    await insertOrganizations(leads, organizations)
    await copyLeads(leads, documents, size, organizations, say)
    await leads.query(`INSERT INTO event_heads (organization_id) SELECT id FROM organizations`)
    await leads.query(`
      INSERT INTO stage_totals (organization_id, stage_id, currency, records, value)
      SELECT organization_id, stage_id, currency, count(*), coalesce(sum(estimated_value), 0)
      FROM leads GROUP BY organization_id, stage_id, currency`)
    say('vacuum and analyze')
    await leads.query('VACUUM (FREEZE, ANALYZE)')
    await leads.query('CHECKPOINT')
  } finally {
    await Promise.all([leads.end(), documents.end()])
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // The rows fit together by construction: foreign keys need no checking, and a crash only means seeding anew.
  await client.query("SET session_replication_role = 'replica'; SET synchronous_commit = off")
  await client.query("SET maintenance_work_mem = '512MB'; SET gin_pending_list_limit = '64MB'")
  return client
}

async function insertOrganizations(client: pg.Client, organizations: SeedOrganization[]): Promise<void> {
  const password_hash = await hashPassword(password)
  const insert = (table: string, rows: object[]) =>
    client.query(
      `INSERT INTO ${table} (${Object.keys(rows[0] as object).join()}) SELECT ${Object.keys(rows[0] as object).join()}
       FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  const members = organizations.flatMap((organization) =>
    organization.members.map((member) => ({ ...member, organization_id: organization.id })),
  )
  await insert(
    'organizations',
    organizations.map(({ id, name, currency, country }) => ({
      id,
      name,
      slug: name.toLowerCase().replace(' ', '-'),
      currency,
      country,
    })),
  )
  await insert(
    'users',
    members.map(({ id, email, full_name }) => ({ id, email, full_name, password_hash })),
  )
  await insert(
    'memberships',
    members.map(({ organization_id, id, role }) => ({ organization_id, user_id: id, role })),
  )
  await insert(
    'pipelines',
    organizations.map(({ id, pipeline_id }) => ({
      organization_id: id,
      id: pipeline_id,
      object: 'lead',
      name: 'Sales',
      is_default: true,
    })),
  )
  await insert(
    'stages',
    organizations.flatMap((organization) =>
      organization.stages.map((stage, position) => ({
        organization_id: organization.id,
        pipeline_id: organization.pipeline_id,
        position,
        ...stage,
      })),
    ),
  )
}

async function copyLeads(
  leads: pg.Client,
  documents: pg.Client,
  size: Size,
  organizations: SeedOrganization[],
  say: (text: string) => void,
): Promise<void> {
  const toLeads = leads.query(copyFrom(`COPY leads (${leadColumns.join()}) FROM STDIN`))
  const toDocuments = documents.query(
    copyFrom(`COPY search_documents (${documentColumns.join()}) FROM STDIN`),
  )
  let [leadLines, documentLines, count] = ['', '', 0]
  for (const lead of makeLeads(size, organizations)) {
    leadLines += copyLineOf(lead)
    documentLines += documentLineOf(lead)
    count += 1
    if (count % linesInChunk !== 0 && count !== size.leads) continue
    await Promise.all([write(toLeads, leadLines), write(toDocuments, documentLines)])
    leadLines = documentLines = ''
    if (count % 100_000 === 0)
      say(`${count.toLocaleString('en')} of ${size.leads.toLocaleString('en')} leads`)
  }
  await Promise.all([finish(toLeads), finish(toDocuments)])
}

async function write(stream: CopyStreamQuery, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
}

async function finish(stream: CopyStreamQuery): Promise<void> {
  stream.end()
  await once(stream, 'finish')
}

/** What the leads module makes findable of a lead, in the form in which search keeps it. */
function documentLineOf(lead: SeedLead): string {
  const { organization } = lead
  const document = searchDocument({ ...lead, mobile: null, external_id: null, country: organization.country })
  const words = documentVector(organization.id, {
    ...document,
    countries: [document.country, organization.country],
  })
  const { object, id, owner_id, title, subtitle } = document
  return `${organization.id}\t${object}\t${id}\t${owner_id ?? '\\N'}\t${title}\t${subtitle ?? '\\N'}\t${words}\n`
}
