/** What becomes of a file that was read: its columns are matched, by what was chosen last time or by a guess. */
import { createHash } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import type { Tenancy } from '../../platform/tenancy.ts'
import { describeProfile, namedByColumns, type Profile } from './analysis.ts'
import type { Layout } from './layout.ts'
import { canLead, createLinkBook, keyOf, namedIn } from './links.ts'
import { Problem } from '../../platform/problems.ts'
import { planImport } from './plan.ts'
import type { ReadingContext } from './readers.ts'
import { findMapping } from './repository.ts'

/** Files with the same columns, in whatever order, come from the same source. */
export const sourceKey = (names: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(names.toSorted())).digest('hex').slice(0, 32)

type Parts = { tenancy: Pick<Tenancy, 'inTenant'>; actor: Actor; reading: ReadingContext }
type Described = { layout: Layout; total: number; source_key: string }

export async function describeFile({ tenancy, actor, reading }: Parts, profile: Profile): Promise<Described> {
  const source_key = sourceKey(profile.columns.map(({ name }) => name))
  const { kind } = reading
  const { found, chosen } = await tenancy.inTenant(actor, async (ctx) => ({
    found: await createLinkBook().find(ctx, namedByColumns(profile, reading)),
    chosen: await findMapping(ctx, kind.object, source_key),
  }))
  const leads = (field: string, text: string) => {
    const own = reading.own.find(({ key }) => `custom.${key}` === field)
    const to = kind.fields.get(field)?.to ?? own?.to ?? ''
    return namedIn(field, text).every((part) => {
      const leading = found.get(keyOf({ to, text: part }))
      return leading !== undefined && canLead(leading)
    })
  }
  const layout = describeProfile(profile, reading, leads)
  const remembered = chosen !== null && stillFits(layout, chosen, reading, actor)
  return {
    layout: remembered ? { ...layout, guessed_mapping: chosen, is_remembered: true } : layout,
    total: profile.total,
    source_key,
  }
}

/** Fields may have been retired since. */
function stillFits(
  layout: Layout,
  mapping: Record<string, string | null>,
  reading: ReadingContext,
  actor: Actor,
): boolean {
  try {
    planImport(layout, mapping, reading, actor)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
