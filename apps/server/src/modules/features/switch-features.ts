import { featureNames, type Feature, type FeatureFlags } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'

type Switches = Partial<FeatureFlags>

/** Switches what is named and differs, and tells the organization's screens. A repetition changes and tells nothing. */
export async function switchFeatures({ tx, actor, emit }: Ctx, wanted: Switches): Promise<FeatureFlags> {
  const before = await lockFlags({ tx, actor })
  const changed = featureNames.filter((name) => wanted[name] !== undefined && wanted[name] !== before[name])
  if (changed.length === 0) return before
  const pick = (flags: Switches) => Object.fromEntries(changed.map((name) => [name, flags[name] === true]))
  const after = pick(wanted)
  await writeFlags({ tx, actor }, after)
  emit({
    type: 'organization.features_switched',
    record: { object: 'organization', id: actor.organization_id },
    data: { features: after },
    changes: { before: pick(before), after },
  })
  return { ...before, ...after }
}

/** Whoever switches at the same time waits, so that each audit entry tells what really was before. */
async function lockFlags({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>): Promise<FeatureFlags> {
  await tx
    .insertInto('feature_flags')
    .values(
      featureNames.map((feature) => ({ organization_id: actor.organization_id, feature, enabled: true })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows = await tx
    .selectFrom('feature_flags')
    .select(['feature', 'enabled'])
    .where('organization_id', '=', actor.organization_id)
    .orderBy('feature')
    .forUpdate()
    .execute()
  const stored = new Map(rows.map(({ feature, enabled }) => [feature, enabled]))
  return Object.fromEntries(featureNames.map((name) => [name, stored.get(name) ?? true])) as FeatureFlags
}

async function writeFlags({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, flags: Switches): Promise<void> {
  for (const [feature, enabled] of Object.entries(flags) as [Feature, boolean][])
    await tx
      .updateTable('feature_flags')
      .set({ enabled, changed_at: new Date().toISOString() })
      .where('organization_id', '=', actor.organization_id)
      .where('feature', '=', feature)
      .execute()
}
