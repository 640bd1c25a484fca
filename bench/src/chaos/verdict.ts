/** Compares what was acknowledged and what was told with what the database holds. */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Listener } from './listener.ts'

export type Verdict = {
  writes: number
  lost: number
  doubled: number
  events: number
  /** Numbers that the database itself left out. */
  gaps: number
  missing: number
  repeated: number
  /** Told under another id than the database has, or before an earlier one. */
  wrong: number
  refetches: number
}

type StoredEvent = { seq: string; id: string }

export async function judge(
  client: pg.Client,
  organization_id: string,
  acknowledged: Map<string, string>,
  listener: Listener,
): Promise<Verdict> {
  await client.query("SELECT set_config('rapport.organization_id', $1, false)", [organization_id])
  const { rows: leads } = await client.query<{ id: string; full_name: string }>(
    'SELECT id, full_name FROM leads WHERE organization_id = $1',
    [organization_id],
  )
  const { rows } = await client.query<StoredEvent>(
    'SELECT seq, id FROM events WHERE organization_id = $1 ORDER BY seq',
    [organization_id],
  )
  const stored = rows.map(({ seq, id }) => ({ seq: Number(seq), id }))
  await waitFor(listener, stored.at(-1)?.seq ?? 0)

  const names = new Map(leads.map(({ id, full_name }) => [id, full_name]))
  const ids = new Map(stored.map(({ seq, id }) => [seq, id]))
  const told = listener.told.map(({ seq }) => seq)
  const known = new Set(told)
  return {
    writes: acknowledged.size,
    lost: [...acknowledged].filter(([id, name]) => names.get(id) !== name).length,
    // Every write was repeated until it was acknowledged, so there is nothing else.
    doubled: leads.filter(({ id }) => !acknowledged.has(id)).length,
    events: stored.length,
    gaps: stored.filter(({ seq }, index) => seq !== index + 1).length,
    missing: stored.filter(({ seq }) => !known.has(seq)).length,
    repeated: told.length - known.size,
    wrong: listener.told.filter(({ seq, id }, index) => ids.get(seq) !== id || seq < (told[index - 1] ?? 0))
      .length,
    refetches: listener.refetches(),
  }
}

export function isClean(verdict: Verdict): boolean {
  const { lost, doubled, gaps, missing, repeated, wrong, refetches } = verdict
  return [lost, doubled, gaps, missing, repeated, wrong, refetches].every((count) => count === 0)
}

async function waitFor(listener: Listener, seq: number): Promise<void> {
  const end = Date.now() + 20_000
  while ((listener.told.at(-1)?.seq ?? 0) < seq && Date.now() < end) await sleep(20)
  await sleep(200) // time for one that is told twice
}
