/**
 * Which features an organization has switched off. Remembered for a few seconds, and forgotten the moment a commit
 * anywhere changes what members may do, so a switch takes effect at once in every process.
 */
import { featureNames, type Feature, type FeatureFlags } from '@rapport/contracts'
import { systemActor, type Actor } from '../actor.ts'
import { createCache } from '../cache.ts'
import type { CommitSignal } from '../events/signal.ts'
import { queryBuilder } from '../kysely.ts'
import { forbidden } from '../problems.ts'
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
    committed: ({ organization_id, changes_access }) => {
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

/** The first that is off of what the actor needs: the feature itself, and for a program that it may come in at all. */
export async function findOff(
  features: Pick<Features, 'isOn'>,
  { organization_id, kind }: Pick<Actor, 'organization_id' | 'kind'>,
  feature: Feature | undefined,
): Promise<Feature | null> {
  const needed: (Feature | undefined)[] = [kind === 'api_key' ? 'api_keys' : undefined, feature]
  for (const one of needed) if (one && !(await features.isOn(organization_id, one))) return one
  return null
}

export async function requireFeatures(...what: Parameters<typeof findOff>): Promise<void> {
  const off = await findOff(...what)
  if (off) throw forbidden('feature_off', `Your organization has switched this off (${off}).`)
}
