/** Contacts and the records that they have a part in. */
import { maxLinkedContacts, type LinkedContact, type NewLinkedContact } from '@rapport/contracts'
import { sql } from 'kysely'
import { conflict, notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { writeActivities } from '../activities/index.ts'
import {
  createRecord,
  emitFact,
  lockRow,
  refuseTrashed,
  requireRelatedRecord,
  requireTouchable,
  type BaseRow,
} from '../records/index.ts'
import { contacts } from './definition.ts'
import { readLinkedContacts } from './linked.ts'
import type { Linking } from './linking.ts'

type Link = { contact_id: string; part: string | null }

export async function linkContact<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  id: string,
  { contact_id: known, part = null, ...made }: NewLinkedContact,
): Promise<LinkedContact> {
  const record = await lockRecord(ctx, linking, id)
  if (known !== undefined) await requireRelatedRecord(ctx, contacts.records, 'contact_id', known)
  const contact_id = known ?? (await createRecord(ctx, contacts, { given: made })).id
  const links = await linksOf(ctx, linking, id)
  const before = links.find((link) => link.contact_id === contact_id)
  if (!before && links.length >= maxLinkedContacts) throw tooManyContacts()
  await keepLink(ctx, linking, record, { contact_id, part: part ?? before?.part ?? null }, before)
  return oneOf(ctx, linking, id, contact_id)
}

export async function changePart<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  id: string,
  { contact_id, part }: Link,
): Promise<LinkedContact> {
  const record = await lockRecord(ctx, linking, id)
  await oneOf(ctx, linking, id, contact_id)
  const before = (await linksOf(ctx, linking, id)).find((link) => link.contact_id === contact_id)
  await keepLink(ctx, linking, record, { contact_id, part }, before)
  return oneOf(ctx, linking, id, contact_id)
}

export async function unlinkContact<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  id: string,
  contact_id: string,
): Promise<void> {
  const record = await lockRecord(ctx, linking, id)
  const { part } = await oneOf(ctx, linking, id, contact_id)
  await dropLink(ctx, linking, record, { contact_id, part })
}

async function dropLink<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  record: Row,
  link: Link,
): Promise<void> {
  const { table, column } = linking
  await sql`
    DELETE FROM ${sql.table(table)} WHERE organization_id = ${ctx.actor.organization_id}::uuid
      AND ${sql.ref(column)} = ${record.id}::uuid AND contact_id = ${link.contact_id}::uuid`.execute(ctx.tx)
  await tell(ctx, linking, record, 'unlinked', link.contact_id, { before: link })
}

/** Its links change with the row locked, so that they are counted and told in turn. */
async function lockRecord<Row extends BaseRow>(
  ctx: Ctx,
  { definition }: Linking<Row>,
  id: string,
): Promise<Row> {
  const { permissions } = definition.records
  const found = await lockRow(ctx, definition, id)
  const row = requireTouchable(ctx.actor, definition, permissions.update, found, id)
  refuseTrashed(definition, row)
  return row
}

async function linksOf<Row extends BaseRow>(
  { tx, actor }: Ctx,
  { table, column }: Linking<Row>,
  id: string,
): Promise<Link[]> {
  const { rows } = await sql<Link>`
    SELECT contact_id, part FROM ${sql.table(table)}
    WHERE organization_id = ${actor.organization_id}::uuid AND ${sql.ref(column)} = ${id}::uuid`.execute(tx)
  return rows
}

async function keepLink<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  record: Row,
  link: Link,
  before: Link | undefined,
): Promise<void> {
  const { contact_id, part } = link
  if (before && before.part === part) return
  const column = sql.ref(linking.column)
  await sql`
    INSERT INTO ${sql.table(linking.table)} (organization_id, ${column}, contact_id, part)
    VALUES (${ctx.actor.organization_id}::uuid, ${record.id}::uuid, ${contact_id}::uuid, ${part})
    ON CONFLICT (organization_id, ${column}, contact_id) DO UPDATE SET part = excluded.part`.execute(ctx.tx)
  await tell(ctx, linking, record, 'linked', contact_id, {
    ...(before ? { before: { contact_id, part: before.part } } : {}),
    after: { contact_id, part },
  })
}

type Told = { before?: Link; after?: Link }

/** On both timelines, without anything that tells of the person: timelines and events outlive whom they tell of. */
async function tell<Row extends BaseRow>(
  ctx: Ctx,
  { definition, events }: Linking<Row>,
  record: Row,
  what: 'linked' | 'unlinked',
  contact_id: string,
  changes: Told,
): Promise<void> {
  const { object } = definition.records
  const about = (other: string, id: string) => ({ type: what, data: { object: other, id } })
  await writeActivities(ctx, [
    { object, record_id: record.id, ...about('contact', contact_id) },
    { object: 'contact', record_id: contact_id, ...about(object, record.id) },
  ])
  emitFact(ctx, definition, events[what], record, { changes, data: { contact_id } })
}

async function oneOf<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  id: string,
  contact_id: string,
): Promise<LinkedContact> {
  const [link] = await readLinkedContacts(ctx, linking, id, contact_id)
  if (link) return link
  throw notFound('contact', contact_id)
}

const tooManyContacts = () =>
  conflict('too_many_contacts', `A record has at most ${maxLinkedContacts} contacts.`)

/** The ids of a record's contacts. */
export const linkedContactsOf = async <Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  id: string,
): Promise<string[]> => (await linksOf(ctx, linking, id)).map(({ contact_id }) => contact_id)

/** As part of a larger step, whose rules have been asked: the record is locked, the contacts may be read. */
export async function linkAll<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  record: Row,
  contact_ids: readonly string[],
): Promise<void> {
  for (const contact_id of contact_ids)
    await keepLink(ctx, linking, record, { contact_id, part: null }, undefined)
}

/** The way back of the same. What is not linked any more is left out. */
export async function unlinkAll<Row extends BaseRow>(
  ctx: Ctx,
  linking: Linking<Row>,
  record: Row,
  contact_ids: readonly string[],
): Promise<void> {
  for (const { contact_id, part } of await linksOf(ctx, linking, record.id))
    if (contact_ids.includes(contact_id)) await dropLink(ctx, linking, record, { contact_id, part })
}
