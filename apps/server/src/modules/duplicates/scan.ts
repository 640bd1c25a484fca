/**
 * The finder at work, as a job: reads all records of an object a page at a time, lets the thread compare them, and
 * keeps the pairs. A crash loses nothing: the job begins anew, and pairs are written over.
 */
import { newId } from '../../platform/ids.ts'
import { systemActor, type Actor } from '../../platform/actor.ts'
import { seenBy, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { endScan, findScan, moveScan, startJob } from '../bulk/index.ts'
import { kindOf, type RecordKind } from '../records/index.ts'
import { sourcesOf, type Row, type Source } from './columns.ts'
import { Finder } from './finder.ts'
import { countRecords, dropUnfound, keepPairs, readDecisions, readRecords } from './repository.ts'

const readAtOnce = 2_000
const keptAtOnce = 1_000

export async function startScan(
  ctx: Ctx,
  { records }: RecordKind,
  enqueue: (job_id: string) => Promise<void>,
): Promise<string> {
  const id = newId()
  const total = await countRecords(ctx, records)
  await startJob(ctx, { id, kind: 'scan', object: records.object, action: 'scan', total })
  await enqueue(id)
  return id
}

export type ScanParts = {
  tenancy: Pick<Tenancy, 'inTenant'>
  /** The member who asked, whose organization says which fields of its own there are. */
  actorOf: (user_id: string, organization_id: string) => Promise<Actor | null>
}
type Asked = { organization_id: string; user_id: string | null; job_id: string }

export async function runScan(
  { tenancy, actorOf }: ScanParts,
  asked: Asked,
  signal: AbortSignal,
): Promise<void> {
  const member = asked.user_id === null ? null : await actorOf(asked.user_id, asked.organization_id)
  if (!member)
    return tenancy.inTenant(systemActor(asked.organization_id), (ctx) =>
      endScan(ctx, asked.job_id, 0, 'Whoever asked for it is no longer a member.'),
    )
  // It compares all records by all fields; whoever reads the pairs sees what they may.
  const actor: Actor = { ...member, field_rules: {} }
  const job = await tenancy.inTenant(actor, (ctx) => findScan(ctx, asked.job_id))
  if (!job || job.finished_at !== null) return
  const kind = kindOf(job.object, actor)
  if (!kind)
    return tenancy.inTenant(actor, (ctx) => endScan(ctx, job.id, 0, 'There are no such records any more.'))
  const records = seenBy(kind.records, actor)
  const finder = new Finder()
  try {
    await readAll({ tenancy, actor, records, finder, job_id: job.id, signal })
    const decisions = await tenancy.inTenant(actor, (ctx) => readDecisions(ctx, records.object))
    const pairs = await finder.find(decisions)
    for (let from = 0; from < pairs.length; from += keptAtOnce) {
      signal.throwIfAborted()
      const some = pairs.slice(from, from + keptAtOnce)
      await tenancy.inTenant(actor, (ctx) => keepPairs(ctx, records.object, job.id, some))
    }
    await tenancy.inTenant(actor, async (ctx) => {
      await dropUnfound(ctx, records.object, job.id)
      await endScan(ctx, job.id, pairs.length)
    })
  } finally {
    await finder.end()
  }
}

/** When the queue tries no more. */
export const giveUpScan = ({ tenancy }: Pick<ScanParts, 'tenancy'>, organization_id: string, id: string) =>
  tenancy.inTenant(systemActor(organization_id), (ctx) =>
    endScan(
      ctx,
      id,
      0,
      'It was tried again and again without getting through; the log has the details. Start it again.',
    ),
  )

type Reading = {
  tenancy: Pick<Tenancy, 'inTenant'>
  actor: Actor
  records: RecordDescription
  finder: Finder
  job_id: string
  signal: AbortSignal
}

async function readAll({ tenancy, actor, records, finder, job_id, signal }: Reading): Promise<void> {
  let sources: Source[] | null = null
  let done = 0
  for (let after: string | null = null; ;) {
    signal.throwIfAborted()
    const rows: Row[] = await tenancy.inTenant(actor, (ctx) => readRecords(ctx, records, after, readAtOnce))
    if (!sources) {
      sources = sourcesOf(records, rows)
      await finder.tell({ columns: sources.map(({ column }) => column) })
    }
    const taken = sources
    await finder.tell({
      records: rows.map((row) => ({ id: row.id, values: taken.map((source) => source.valuesOf(row)) })),
    })
    done += rows.length
    after = rows.at(-1)?.id ?? null
    const read = done
    await tenancy.inTenant(actor, (ctx) => moveScan(ctx, job_id, read))
    if (rows.length < readAtOnce) return
  }
}
