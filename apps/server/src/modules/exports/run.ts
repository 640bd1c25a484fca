/**
 * The job at work: the records are read through a cursor, in one snapshot, and written as they come, so memory does not
 * grow with them. What a crash leaves unfinished is written anew. The permissions are those of the moment of writing.
 */
import { Readable, Transform } from 'node:stream'
import { export_days } from '@rapport/contracts'
import { scopeOf, systemActor, type Actor } from '../../platform/actor.ts'
import { Problem } from '../../platform/problems.ts'
import { writeArchive, type Storage } from '../../platform/storage/index.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { actingFor, endJob, lockJob, progressOf, updateJob, type RunnerParts } from '../bulk/index.ts'
import { kindOf, type RecordKind } from '../records/index.ts'
import { csvFile } from './csv-file.ts'
import { fileKey } from './keys.ts'
import { localizeFor } from './localize.ts'
import { openRecords, type Batch, type OpenRecords } from './read.ts'
import { findExport, settleExport, type Asked, type ExportRow } from './repository.ts'
import { xlsxFile } from './xlsx-file.ts'

type Parts = Pick<RunnerParts, 'actorOf'> & { tenancy: Pick<Tenancy, 'inTenant'>; storage: Storage }
type Job = { organization_id: string; export_id: string }

/** Somebody stopped it. */
class Stopped extends Error {}

const told_ms = 700

export async function runExport(
  parts: Parts,
  { organization_id, export_id }: Job,
  signal: AbortSignal,
): Promise<void> {
  const { tenancy } = parts
  const system = systemActor(organization_id)
  const row = await tenancy.inTenant(system, (ctx) => findExport(ctx, export_id))
  if (!row || row.asked === null) return
  const forget = () =>
    tenancy.inTenant(system, (ctx) => settleExport(ctx, export_id, { bytes: null, days: 0 }))
  if (row.finished_at !== null) return forget()
  const end = async (state: 'completed' | 'failed', outcome: { bytes?: number; problem?: string }) => {
    if (await tenancy.inTenant(system, (ctx) => endExport(ctx, export_id, state, outcome))) return
    await parts.storage.remove(fileKey(organization_id, row))
    await forget()
  }
  const member = await parts.actorOf(row.created_by, organization_id)
  if (!member) return end('failed', { problem: 'Whoever asked for it is no member any more.' })
  const actor = actingFor(row, member)
  const kind = kindOf(row.object, actor)
  if (!kind || !scopeOf(actor, kind.records.permissions.read))
    return end('failed', { problem: 'Whoever asked for it may not read these records any more.' })
  try {
    await end('completed', { bytes: await writeFile(parts, { row, asked: row.asked, kind, actor, signal }) })
  } catch (error) {
    if (error instanceof Stopped) return forget()
    if (!(error instanceof Problem)) throw error // the queue tries again
    await end('failed', { problem: error.message })
  }
}

/** When the queue tries no more. What there is of the file goes; another export begins from nothing anyway. */
export async function giveUpExport(
  { tenancy, storage }: Pick<Parts, 'tenancy' | 'storage'>,
  { organization_id, export_id }: Job,
): Promise<void> {
  const inOrganization = <Result>(work: (ctx: Ctx) => Promise<Result>) =>
    tenancy.inTenant(systemActor(organization_id), work)
  const row = await inOrganization((ctx) => findExport(ctx, export_id))
  if (!row || row.finished_at !== null) return
  await storage.remove(fileKey(organization_id, row))
  const problem =
    'It was tried again and again without getting through; the log has the details. Ask for the file again.'
  await inOrganization((ctx) => endExport(ctx, export_id, 'failed', { problem }))
}

/** Answers false of what was stopped meanwhile: it stays so. */
async function endExport(
  ctx: Ctx,
  id: string,
  state: 'completed' | 'failed',
  { bytes, problem }: { bytes?: number; problem?: string },
): Promise<boolean> {
  const job = await lockJob(ctx, id)
  if (!job || job.finished_at !== null) return false
  await settleExport(ctx, id, { bytes: bytes ?? null, days: export_days })
  await endJob(ctx, job, state, problem ?? null)
  return true
}

type Work = { row: ExportRow; asked: Asked; kind: RecordKind; actor: Actor; signal: AbortSignal }

/** Answers the bytes of the file. */
function writeFile({ tenancy, storage }: Parts, { row, asked, kind, actor, signal }: Work): Promise<number> {
  const { id, format } = row
  const key = fileKey(actor.organization_id, { id, format })
  const system = systemActor(actor.organization_id)
  return tenancy.inTenant(actor, async (ctx) => {
    const opened = await openRecords(ctx, kind, asked, format)
    const tell = (done: number) => tenancy.inTenant(system, (own) => moveOn(own, id, done, opened.total))
    await tell(0)
    const batches = telling(opened, tell, signal)
    if (format === 'xlsx') return writeArchive(storage, key, xlsxFile(batches, opened.columns))
    const { delimiter, localized } = asked
    const localize = localized ? localizeFor(actor.language) : null
    return writeText(storage, key, csvFile(batches, { columns: opened.columns, delimiter, localize }))
  })
}

async function writeText(storage: Storage, key: string, text: AsyncIterable<string>): Promise<number> {
  let bytes = 0
  const encoded = new Transform({
    writableObjectMode: true,
    transform(part: string, _encoding, pass) {
      const chunk = Buffer.from(part)
      bytes += chunk.length
      pass(null, chunk)
    },
  })
  const source = Readable.from(text)
  source.on('error', (error: Error) => encoded.destroy(error))
  await storage.write(key, source.pipe(encoded))
  return bytes
}

/** Tells now and then how far it is, and hears then whether it is to stop. */
async function* telling(
  { batches }: OpenRecords,
  tell: (done: number) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<Batch, void, void> {
  let done = 0
  let told = Date.now()
  for await (const batch of batches) {
    signal.throwIfAborted()
    yield batch
    done += batch.length
    if (Date.now() - told < told_ms) continue
    await tell(done)
    told = Date.now()
  }
  await tell(done)
}

async function moveOn(ctx: Ctx, id: string, done: number, total: number): Promise<void> {
  const job = await lockJob(ctx, id)
  if (!job || job.finished_at !== null) throw new Stopped('The export was stopped.')
  ctx.emit(progressOf(await updateJob(ctx, id, { state: 'running', done, total: Math.max(done, total) })))
}
