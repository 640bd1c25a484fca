/** Companies that cells name and that are not there: made with their name, where the importer wants that. */
import type { Ctx } from '../../platform/tenancy.ts'
import { eventOf } from '../records/index.ts'
import { keepCreated } from './kept.ts'
import { importKind, madeKind } from './kinds.ts'
import { idForm, keyOf, type Leads, type Named } from './links.ts'
import { ownerGiver } from './owner.ts'
import { because } from './reasons.ts'

/** Makes them all, or says what it would make; answers what each text leads to then. */
export type MakeMissing = (texts: readonly string[]) => Promise<ReadonlyMap<string, Leads>>

const longestName = 200
const canBeName = (text: string): boolean =>
  /\p{L}/u.test(text) && text.length <= longestName && !text.includes('@') && !idForm.test(text)

/** @param rows whether a row of the file goes by that, so that it will be there without being made */
export async function withMissing(
  named: readonly Named[],
  found: ReadonlyMap<string, Leads>,
  { make, rows }: { make: MakeMissing; rows: (one: Named) => boolean },
): Promise<ReadonlyMap<string, Leads>> {
  const missing = named.filter((one) => {
    const leads = found.get(keyOf(one))
    const isNowhere = leads !== undefined && 'problem' in leads && leads.problem.code === 'no_record'
    return isNowhere && one.to === madeKind && canBeName(one.text) && !rows(one)
  })
  if (missing.length === 0) return found
  const made = await make([...new Set(missing.map(({ text }) => text))])
  return new Map([
    ...found,
    ...[...made].map(([text, leads]) => [keyOf({ to: madeKind, text }), leads] as const),
  ])
}

/** Texts that differ in capitals only name one company. */
export const byFoldedName = (texts: readonly string[]): Map<string, string[]> =>
  Map.groupBy(texts, (text) => text.toLowerCase())

type Batch = { id: string; file_name: string; done: number }

/** In the transaction of the batch whose rows name them, so that they go or stay with these. */
export async function makeCompanies(
  ctx: Ctx,
  { id: import_id, file_name, done }: Batch,
  texts: readonly string[],
): Promise<Map<string, Leads>> {
  const { kind } = importKind(madeKind, ctx.actor)
  const groups = [...byFoldedName(texts).values()]
  const giveOwner = ownerGiver(ctx.actor, kind.records)
  const made = new Map<string, Leads>()
  const created: string[] = []
  await kind.insert(
    ctx,
    groups.map(([name = '']) => giveOwner({ name })),
    { import_id },
    {
      unaudited: true,
      // What cannot be made fails the rows that name it, with the reason.
      refused(index, problem) {
        for (const text of groups[index] ?? [])
          made.set(text, { problem: because('refused', { message: problem.message }) })
      },
      made(index, { id }) {
        created.push(id)
        for (const text of groups[index] ?? []) made.set(text, { id })
      },
    },
  )
  if (created.length === 0) return made
  await keepCreated(ctx, { import_id, place: done, object: madeKind }, created)
  ctx.audit({
    action: eventOf(kind.records.family, 'created'),
    object: 'import',
    record_id: import_id,
    record_name: file_name,
    after: { object: madeKind, created },
  })
  return made
}
