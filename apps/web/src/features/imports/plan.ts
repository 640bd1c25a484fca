import type { BodyInput, Operations, ReplyOf } from '@rapport/contracts'

/** What shall become of the columns, and of rows whose lead is there already. */
type Given = BodyInput<Operations['imports']['start']>
export type Mapping = Given['mapping']
export type Policy = NonNullable<Given['duplicate_policy']>
export type Plan = Given & { duplicate_policy: Policy }
export type Check = ReplyOf<Operations['imports']['validate']>
export type RowError = Check['errors'][number]

const keyOf = (id: string) => `rapport.import.${id}`

/** The server keeps a plan from the start of the import on; until then this tab does. */
export function keepPlan(id: string, plan: Plan): void {
  sessionStorage.setItem(keyOf(id), JSON.stringify(plan))
}

export function readPlan(id: string): Partial<Plan> {
  const kept = sessionStorage.getItem(keyOf(id))
  if (kept === null) return {}
  try {
    return JSON.parse(kept) as Partial<Plan>
  } catch {
    // Whatever wrote this, it is no plan of ours: forgetting it is all that can be done.
    forgetPlan(id)
    return {}
  }
}

export function forgetPlan(id: string): void {
  sessionStorage.removeItem(keyOf(id))
}
