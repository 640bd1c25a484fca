import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { switchFeatures } from './switch-features.ts'

export const featuresModule: Module = ({ api, features }) => {
  api.route(operations.featureFlags.get, {
    allow: 'features:read',
    handle: ({ actor }) => features.flagsOf(actor.organization_id),
  })

  api.route(operations.featureFlags.update, {
    allow: 'features:manage',
    run: (ctx, { body }) => switchFeatures(ctx, body),
  })
}
