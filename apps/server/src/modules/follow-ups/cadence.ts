import type { Cadence } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'
import { readCadence, writeCadence } from './repository.ts'

/** Proposals follow it from now on; what is planned stays where it is. */
export async function setCadence(ctx: Ctx, cadence: Cadence): Promise<void> {
  const before = await readCadence(ctx)
  if (textOf(before) === textOf(cadence)) return
  await writeCadence(ctx, cadence)
  const { organization_id } = ctx.actor
  ctx.emit({
    type: 'organization.cadence_changed',
    record: { object: 'organization', id: organization_id },
    changes: { before, after: cadence },
  })
}

const textOf = ({ steps, calling_from, calling_until, calling_days }: Cadence) =>
  JSON.stringify([
    steps.map(({ days, channel }) => [days, channel]),
    calling_from,
    calling_until,
    calling_days,
  ])
