/** Words that led to records which are gone or called otherwise are no longer offered. */
import { systemActor } from '../../platform/actor.ts'
import { oneByOne } from '../../platform/one-by-one.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { pageOfWords, unlearnWords } from './near.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

/** A page of words; answers where the next one begins, and how many rows went. */
async function unlearnPage(ctx: Context, after: string): Promise<{ next: string | undefined; gone: number }> {
  const words = await pageOfWords(ctx, after)
  const gone = await unlearnWords(ctx, words)
  return { next: words.at(-1), gone }
}

/** All of them at once; answers how many rows went. */
export async function unlearnAll(ctx: Context): Promise<number> {
  let all = 0
  for (let after: string | undefined = ''; after !== undefined;) {
    const { next, gone } = await unlearnPage(ctx, after)
    all += gone
    after = next
  }
  return all
}

/** Every night, a page in one short transaction after the other. */
export async function unlearnLost(tenancy: Pick<Tenancy, 'inSystem' | 'inTenant'>): Promise<void> {
  await oneByOne(allOrganizations(tenancy), async ({ organization_id }) => {
    for (let after: string | undefined = ''; after !== undefined;) {
      const from: string = after
      const page = await tenancy.inTenant(systemActor(organization_id), (ctx) => unlearnPage(ctx, from))
      after = page.next
    }
  })
}

async function* allOrganizations({ inSystem }: Pick<Tenancy, 'inSystem'>) {
  yield* await inSystem((tx) => tx.selectFrom('organizations').select('id as organization_id').execute())
}
