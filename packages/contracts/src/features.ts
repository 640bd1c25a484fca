import { z } from 'zod'
import { operation } from './operation.ts'

/** Parts of the product that an organization may switch off. Each is on until it does. */
export const featureNames = ['imports', 'search', 'api_keys', 'realtime'] as const
export type Feature = (typeof featureNames)[number]

/** Every known feature, and whether it is on. */
export const FeatureFlags = z.record(z.enum(featureNames), z.boolean())
export type FeatureFlags = z.infer<typeof FeatureFlags>

export const featureFlags = {
  get: operation({
    method: 'GET',
    path: '/organizations/current/feature-flags',
    summary: 'Which features of the product are on in this organization',
    reply: FeatureFlags,
  }),
  update: operation({
    method: 'PUT',
    path: '/organizations/current/feature-flags',
    summary: 'Switch features on or off; those that are not named stay as they are',
    body: z.strictObject({
      imports: z.boolean().optional(),
      search: z.boolean().optional(),
      api_keys: z.boolean().optional(),
      realtime: z.boolean().optional(),
    } satisfies Record<Feature, z.ZodType>),
    reply: FeatureFlags,
  }),
}
