/**
 * Which features an organization has switched off. Remembered for a few seconds, and forgotten the moment a commit
 * anywhere changes what members may do, so a switch takes effect at once in every process.
 */
import { featureNames, type Feature, type FeatureFlags } from '@rapport/contracts'
import { systemActor } from '../actor.ts'
import { createCache } from '../cache.ts'
import type { CommitSignal } from '../events/signal.ts'
import { queryBuilder } from '../kysely.ts'
import { forbidden, type Problem } from '../problems.ts'
import type { Tenancy } from '../tenancy.ts'

const freshness_ms = 5_000
const remembered = 10_000

export type Features = {
  flagsOf: (organization_id: string) => Promise<FeatureFlags>
  isOn: (organization_id: string, feature: Feature) => Promise<boolean>
}

type Parts = {
  tenancy: Pick<Tenancy, 'readTenant'>
  signal: Pick<CommitSignal, 'subscribe'>
  now?: () => number
}

export function createFeatures({ tenancy, signal, now = Date.now }: Parts): Features {
  const known = createCache<FeatureFlags>(remembered, freshness_ms, now)
  signal.subscribe({
    committed: (organization_id, _seq, changes_access) => {
      if (changes_access) known.forget(organization_id)
    },
    recheck: () => known.forgetWhere(() => true),
  })
  const flagsOf = (organization_id: string) =>
    known.get(organization_id, () => readFlags(tenancy, organization_id))
  return {
    flagsOf,
    isOn: async (organization_id, feature) => (await flagsOf(organization_id))[feature],
  }
}

/** A feature without a row is on. */
async function readFlags(tenancy: Parts['tenancy'], organization_id: string): Promise<FeatureFlags> {
  const query = queryBuilder
    .selectFrom('feature_flags')
    .select('feature')
    .where('organization_id', '=', organization_id)
    .where('enabled', '=', false)
    .compile()
  const off = new Set(
    (await tenancy.readTenant(systemActor(organization_id), query)).map((row) => row.feature),
  )
  return Object.fromEntries(featureNames.map((name) => [name, !off.has(name)])) as FeatureFlags
}

export const featureOff = (feature: Feature): Problem =>
  forbidden('feature_off', `Your organization has switched this off (${feature}).`)
