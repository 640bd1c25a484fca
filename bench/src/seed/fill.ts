/** Writes the seed into a migrated, empty database, as a superuser: loads are not what row-level security is for. */
import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import { hashPassword } from '../../../apps/server/src/modules/identity/index.ts'
import { searchDocument } from '../../../apps/server/src/modules/leads/index.ts'
import { entryOf } from '../../../apps/server/src/modules/search/index.ts'
import { fillCustomFields } from './custom.ts'
import { copyLineOf, leadColumns, makeLeads } from './leads.ts'
import { fillTags } from './tags.ts'
import { password, planOrganizations, type SeedOrganization, type Size } from './plan.ts'

export const searchColumns = {
  search_documents: ['organization_id', 'object', 'record_id', 'owner_id', 'title', 'subtitle', 'words'],
  search_words: ['organization_id', 'record_id', 'marks', 'word'],
}
const linesInChunk = 500

export async function fillDatabase(url: string, size: Size, say: (text: string) => void): Promise<void> {
  const organizations = planOrganizations(size)
  const [leads, documents, words] = [await connect(url), await connect(url), await connect(url)]
  try {
    await insertOrganizations(leads, organizations)
    const restoreKey = await dropKey(words, 'search_words')
    await copyLeads({ leads, documents, words }, size, organizations, say)
    say('the index of words')
    await restoreKey()
    for (const { id } of organizations) await words.query('SELECT search_learn_all($1)', [id])
    await leads.query(`INSERT INTO event_heads (organization_id) SELECT id FROM organizations`)
    await leads.query(`
      INSERT INTO record_totals
      SELECT r.organization_id, 'lead', f.field, coalesce(f.value, ''), r.currency, count(*), coalesce(sum(r.estimated_value), 0), 0, 0
      FROM leads r CROSS JOIN LATERAL (VALUES
        ('industry', r.industry), ('country', r.country), ('source', r.source), ('status', r.status),
        ('pipeline_id', r.pipeline_id::text), ('stage_id', r.stage_id::text), ('owner_id', r.owner_id::text)) f (field, value)
      GROUP BY 1, 2, 3, 4, 5`)
    say('the index of custom fields')
    await fillCustomFields(leads, organizations)
    await fillTags(leads, organizations)
    say('vacuum and analyze')
    await leads.query('VACUUM (FREEZE, ANALYZE)')
    await leads.query('CHECKPOINT')
  } finally {
    await Promise.all([leads, documents, words].map((client) => client.end()))
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // The rows fit together by construction: foreign keys need no checking, and a crash only means seeding anew.
  await client.query("SET session_replication_role = 'replica'; SET synchronous_commit = off")
  await client.query("SET maintenance_work_mem = '512MB'")
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

type Clients = Record<'leads' | 'documents' | 'words', pg.Client>

/** To build the index at the end is several times as fast as to keep it while ten million rows come in. */
async function dropKey(client: pg.Client, table: string): Promise<() => Promise<unknown>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p'`,
    [table],
  )
  const [key] = rows
  if (!key) throw new Error(`The table ${table} has no primary key.`)
  await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${key.name}`)
  return () => client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${key.name} ${key.definition}`)
}

async function copyLeads(
  clients: Clients,
  size: Size,
  organizations: SeedOrganization[],
  say: (text: string) => void,
): Promise<void> {
  const into = (client: pg.Client, table: string, columns: readonly string[]) =>
    client.query(copyFrom(`COPY ${table} (${columns.join()}) FROM STDIN`))
  const toLeads = into(clients.leads, 'leads', leadColumns)
  const toDocuments = into(clients.documents, 'search_documents', searchColumns.search_documents)
  const toWords = into(clients.words, 'search_words', searchColumns.search_words)
  let [leadLines, documentLines, wordLines, count] = ['', '', '', 0]
  for (const lead of makeLeads(size, organizations)) {
    const { organization } = lead
    const searched = { ...lead, mobile: null, external_id: null, country: organization.country }
    const found = searchLinesOf(organization, searched)
    leadLines += copyLineOf(lead)
    documentLines += found.document
    wordLines += found.words
    count += 1
    if (count % linesInChunk !== 0 && count !== size.leads) continue
    await Promise.all([
      write(toLeads, leadLines),
      write(toDocuments, documentLines),
      write(toWords, wordLines),
    ])
    leadLines = documentLines = wordLines = ''
    if (count % 100_000 === 0)
      say(`${count.toLocaleString('en')} of ${size.leads.toLocaleString('en')} leads`)
  }
  await Promise.all([finish(toLeads), finish(toDocuments), finish(toWords)])
}

async function write(stream: CopyStreamQuery, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
}

async function finish(stream: CopyStreamQuery): Promise<void> {
  stream.end()
  await once(stream, 'finish')
}

type Searched = Parameters<typeof searchDocument>[0]

/** What the leads module makes findable of a lead, in the form in which search keeps it, as lines of COPY. */
export function searchLinesOf(
  organization: Pick<SeedOrganization, 'id' | 'country'>,
  lead: Searched,
): { document: string; words: string } {
  const entry = entryOf(searchDocument(lead), organization.country)
  const { object, id, owner_id, title, subtitle, text, marks } = entry
  return {
    document: `${organization.id}\t${object}\t${id}\t${owner_id ?? '\\N'}\t${title}\t${subtitle ?? '\\N'}\t${text}\n`,
    words: entry.words.map((word) => `${organization.id}\t${id}\t${marks}\t${object} ${word}\n`).join(''),
  }
}
