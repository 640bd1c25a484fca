/** What the handler of every route works with. */
import type { Features } from '../features/index.ts'
import type { Tenancy } from '../tenancy.ts'
import type { createIdempotency } from './idempotency.ts'
import type { CountCallers } from './rate-limits.ts'
import type { watchRefusals } from './refusals.ts'
import type { Authentication } from './route.ts'

export type Parts = {
  tenancy: Tenancy
  authentication: Authentication
  countCallers: CountCallers
  features: Pick<Features, 'isOn'>
  watching: ReturnType<typeof watchRefusals>
  idempotency: ReturnType<typeof createIdempotency>
  transactions: Pick<Tenancy, 'inTenant' | 'inSystem'>
}
