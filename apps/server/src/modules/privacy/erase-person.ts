/** Erases a person everywhere, in one transaction; files go first, so that none is left without the row that names it. */
import type { Person, PersonalData } from '../../platform/personal-data/index.ts'
import type { Storage } from '../../platform/storage/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export type Counts = Record<string, number>

export async function erasePerson(
  ctx: Ctx,
  { sources, storage }: { sources: readonly PersonalData[]; storage: Storage },
  person: Person,
): Promise<Counts> {
  const counts: Counts = {}
  for (const { eraseFiles } of sources) await eraseFiles?.(ctx, storage, person)
  for (const { table, erase } of sources) counts[table] = (counts[table] ?? 0) + (await erase(ctx, person))
  return counts
}
