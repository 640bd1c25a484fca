/** What members and records are called that notes name by their ids: told to each reader as far as they may know it. */
import { noteReferences, type Note, type NoteDocument } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { readTitles } from '../records/index.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Named = Pick<Note, 'people' | 'records'>
export type NamesOf = (body: NoteDocument) => Named

/** One statement for the people, and one for each kind of record, whatever the number of notes. */
export async function readNames(ctx: Context, bodies: readonly NoteDocument[]): Promise<NamesOf> {
  const all = bodies.map(noteReferences)
  const users = [...new Set(all.flatMap((one) => one.users))]
  const byObject = Map.groupBy(
    all.flatMap((one) => one.records),
    ({ object }) => object,
  )
  const [people, ...records] = await Promise.all([
    readPeople(ctx, users),
    ...[...byObject].map(([object, some]) => readTitles(ctx, object, [...new Set(some.map(({ id }) => id))])),
  ])
  const titled = records.flat()
  return (body) => {
    const named = noteReferences(body)
    return {
      people: people.filter(({ id }) => named.users.includes(id)),
      records: titled.filter(({ object, id }) =>
        named.records.some((one) => one.object === object && one.id === id),
      ),
    }
  }
}

export async function readPeople({ tx, actor }: Context, ids: readonly string[]): Promise<Named['people']> {
  if (ids.length === 0) return []
  const { rows } = await sql<Named['people'][number]>`
    SELECT u.id, u.full_name AS name FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.user_id = ANY(${ids}::uuid[])`.execute(tx)
  return rows
}
