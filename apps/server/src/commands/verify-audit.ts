/**
 * `npm run audit:verify [-- --organization <id>] [-- --anchor <organization>:<seq>:<hash>]`: recomputes the audit
 * log's chain of every organization, or of one. Exit code 1 when one is broken.
 */
import { parseArgs } from 'node:util'
import { verifyLog, type Anchor, type Verification } from '../platform/audit/index.ts'
import { StartRefused } from '../platform/postgres/start-refused.ts'
import type { Tenancy } from '../platform/tenancy.ts'
import { runCommand } from './run-command.ts'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** What the person at the terminal typed wrongly is told in a sentence. */
function parse<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new StartRefused(error instanceof Error ? error.message : String(error))
  }
}

type Wanted = { organizations: string[]; anchors: Map<string, Anchor[]> }

function readArguments(): Wanted {
  const options = {
    organization: { type: 'string', multiple: true },
    anchor: { type: 'string', multiple: true },
  } as const
  const values = parse(() => parseArgs({ options, strict: true }).values)
  const organizations = (values.organization ?? []).map((id) => id.toLowerCase())
  for (const id of organizations)
    if (!new RegExp(`^${uuid}$`).test(id)) throw new StartRefused(`--organization ${id} is not an id.`)
  const anchors = new Map<string, Anchor[]>()
  for (const text of values.anchor ?? []) {
    const [, id, seq, hash] =
      new RegExp(`^(${uuid}):(\\d{1,15}):([0-9a-f]{64})$`).exec(text.toLowerCase()) ?? []
    if (!id || !seq || !hash)
      throw new StartRefused(
        `--anchor ${text} is not <organization>:<seq>:<hash>, as this command prints it.`,
      )
    anchors.set(id, [...(anchors.get(id) ?? []), { seq: Number(seq), hash }])
  }
  return { organizations, anchors }
}

async function organizationsOf(tenancy: Tenancy): Promise<string[]> {
  const rows = await tenancy.inSystem((tx) =>
    tx.selectFrom('organizations').select('id').orderBy('id').execute(),
  )
  return rows.map(({ id }) => id)
}

function sentenceOf({ organization_id, entries, head, broken }: Verification): string {
  if (broken) return `${organization_id}  BROKEN at entry ${broken.seq}: ${broken.kind}; ${broken.what}.`
  if (!head) return `${organization_id}  no entries`
  return `${organization_id}  ${entries} entries in order; anchor ${organization_id}:${head.seq}:${head.hash}`
}

await runCommand(async ({ tenancy, tell }) => {
  const { organizations, anchors } = readArguments()
  const known = await organizationsOf(tenancy)
  const unknown = [...organizations, ...anchors.keys()].filter((id) => !known.includes(id))
  for (const id of unknown) tell(`${id}  BROKEN: there is no such organization.`)
  let broken = unknown.length
  let entries = 0
  const wanted = organizations.length > 0 ? known.filter((id) => organizations.includes(id)) : known
  for (const id of wanted) {
    const verification = await verifyLog(tenancy, id, anchors.get(id))
    tell(sentenceOf(verification))
    entries += verification.entries
    if (verification.broken) broken += 1
  }
  const answer =
    broken === 0 ? `intact: ${entries} entries` : `broken in ${broken} of ${wanted.length} organizations`
  tell(`The audit log is ${answer}.`)
  return broken === 0 ? 0 : 1
})
