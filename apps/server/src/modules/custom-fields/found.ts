/** Records are found by the values of a field as long as it is one of words: when that changes, they are learned anew. */
import type { Platform } from '../../platform/platform.ts'
import { systemActor } from '../../platform/actor.ts'
import { asMembersDo, kindNamed } from '../records/index.ts'

const jobKind = 'custom_fields.found'
const telling = new Set(['type', 'options', 'retired'])

const isTelling = ({ changed }: Record<string, unknown>): boolean =>
  !Array.isArray(changed) || changed.some((name) => telling.has(name))

/** A few hundred records at a time, so that nobody waits for it. */
export function keepFound({ events, jobs, tenancy }: Pick<Platform, 'events' | 'jobs' | 'tenancy'>): void {
  events.subscribe({
    name: jobKind,
    types: ['custom_field.created', 'custom_field.updated'],
    handle: async (ctx, told) => {
      for (const { data } of told)
        if (isTelling(data))
          await jobs.enqueue(ctx, jobKind, { object: String(data['object']), key: String(data['key']) })
    },
  })
  jobs.work(jobKind, async ({ organization_id, object, key }, signal) => {
    if (object == null || key == null) throw new Error('A job names no field.')
    const kind = kindNamed(object)
    if (!kind) return
    for (let after: string | null = null; ;) {
      signal.throwIfAborted()
      after = await tenancy.inTenant(systemActor(organization_id), async (ctx) =>
        kind.renewHolders(await asMembersDo(ctx), key, after),
      )
      if (after === null) return
    }
  })
}
