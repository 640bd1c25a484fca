/** The log as a file, page by page, so that its length does not matter. */
import type { AuditEntry, AuditFilters } from '@rapport/contracts'
import type { Actor } from '../../platform/actor.ts'
import { byteOrderMark, csvLine } from '../../platform/csv.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { presentEntry } from './presentation.ts'
import { selectEntries } from './repository.ts'

const rowsAtOnce = 500

export type ExportFormat = 'csv' | 'json'
type Parts = { tenancy: Pick<Tenancy, 'inTenant'>; actor: Actor; filters: AuditFilters }

async function* pagesOf({ tenancy, actor, filters }: Parts): AsyncGenerator<AuditEntry[], void, void> {
  let before: number | null = null
  for (;;) {
    const statement = selectEntries(actor, filters, before, rowsAtOnce)
    const { rows } = await tenancy.inTenant(actor, ({ tx }) => statement.execute(tx))
    if (rows.length > 0) yield rows.map((row) => presentEntry(actor.field_rules, row))
    before = rows.at(-1)?.seq ?? null
    if (rows.length < rowsAtOnce) return
  }
}

export async function* writeExport(parts: Parts, format: ExportFormat): AsyncGenerator<string, void, void> {
  if (format === 'csv') yield byteOrderMark + csvLine(columns)
  else yield '['
  let first = true
  for await (const entries of pagesOf(parts)) {
    if (format === 'csv') yield entries.map((entry) => csvLine(cellsOf(entry))).join('')
    else yield `${first ? '' : ','}\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}`
    first = false
  }
  if (format === 'json') yield '\n]\n'
}

const columns = [
  'seq',
  'occurred_at',
  'category',
  'action',
  'outcome',
  'object',
  'record_id',
  'record_name',
  'before',
  'after',
  'actor_kind',
  'actor_id',
  'actor_name',
  'ip',
  'user_agent',
  'request_id',
  'hash',
]

function cellsOf(entry: AuditEntry): string[] {
  const { actor } = entry
  const told: Record<string, unknown> = {
    ...entry,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
  }
  return columns.map((name) => textOf(told[name]))
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
