/**
 * Refusals go into the log in a transaction of their own, bounded: the same one by the same actor at most once a
 * minute, and of one organization only so many kinds at a time, so that a flood cannot fill the log. What is held
 * back is counted, and told in one entry when the minute is over.
 */
import type { Logger } from 'pino'
import { systemActor } from '../actor.ts'
import type { Tenancy } from '../tenancy.ts'
import type { AuditActor, AuditEntry } from './entry.ts'

const window_ms = 60_000
const sweepEvery_ms = 5_000
const kindsAtOnce = 100

type Parts = { tenancy: Pick<Tenancy, 'auditAlone'>; log: Pick<Logger, 'error'>; now?: () => number }
type Refusal = { organization_id: string; actor: AuditActor; entry: AuditEntry }
type Window = Refusal & { since: number; held: number }

export type Refusals = {
  /** Writes the entry, as refused, or counts it. Never throws: the refusal itself must reach the caller. */
  note: (organization_id: string, actor: AuditActor, entry: AuditEntry) => Promise<void>
  /** Work that nobody waits for, such as finding out whose log a refusal belongs in. */
  inBackground: (work: () => Promise<void>) => void
  /** Tells of what was held back in windows that are over. */
  sweep: () => Promise<void>
  close: () => Promise<void>
}

export function createRefusals({ tenancy, log, now = Date.now }: Parts): Refusals {
  const windows = new Map<string, Window>()
  const kinds = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  const cannotWrite = (error: unknown) =>
    log.error({ err: error }, 'a refusal could not be written to the audit log')

  async function write({ organization_id, actor, entry }: Refusal, attempts: number): Promise<void> {
    const after = attempts > 1 ? { ...entry.after, attempts } : entry.after
    try {
      await tenancy.auditAlone(organization_id, actor, { ...entry, after: after ?? null, outcome: 'refused' })
    } catch (error) {
      cannotWrite(error)
    }
  }

  function end(key: string, window: Window): void {
    windows.delete(key)
    const left = (kinds.get(window.organization_id) ?? 1) - 1
    if (left > 0) kinds.set(window.organization_id, left)
    else kinds.delete(window.organization_id)
  }

  async function tell(isOver: (window: Window) => boolean): Promise<void> {
    for (const [key, window] of windows) {
      if (!isOver(window)) continue
      end(key, window)
      if (window.held > 0) await write(window, window.held)
    }
  }

  const sweep = () => tell(({ since }) => since <= now() - window_ms)
  const timer = setInterval(() => void sweep(), sweepEvery_ms).unref()

  return {
    async note(organization_id, actor, entry) {
      const open = kinds.get(organization_id) ?? 0
      const refusal = { organization_id, actor, entry }
      const own = keyOf(refusal)
      const told = windows.has(own) || open < kindsAtOnce ? refusal : summaryOf(refusal)
      const key = keyOf(told)
      const window = windows.get(key)
      if (window && window.since > now() - window_ms) {
        window.held += 1
        return
      }
      const held = window?.held ?? 0
      if (!window) kinds.set(organization_id, open + 1)
      windows.set(key, { ...told, since: now(), held: 0 })
      if (held > 0) await write(told, held)
      await write(told, 1)
    },
    inBackground(work) {
      const done = work()
        .catch(cannotWrite)
        .finally(() => underWay.delete(done))
      underWay.add(done)
    },
    sweep,
    async close() {
      clearInterval(timer)
      await Promise.all(underWay)
      await tell(() => true)
    },
  }
}

const keyOf = ({ organization_id, actor, entry }: Refusal): string =>
  JSON.stringify([organization_id, actor.kind, actor.api_key_id ?? actor.user_id, entry.action, entry.after])

/** Too many kinds at once are one kind, of many actors and routes. */
const summaryOf = ({ organization_id, entry: { action, object } }: Refusal): Refusal => ({
  organization_id,
  actor: systemActor(organization_id),
  entry: { action, object, after: { code: 'many_kinds' } },
})
