/** Notes tell of people: those on the record of an erased person go, others lose what tells of them. */
import type { NoteDocument, NoteNode } from '@rapport/contracts'
import { noteText } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import { forgetNotes, indexNotes } from './found.ts'
import { mentions, redact, type PersonalData, type Person } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

export const notePersonalData: PersonalData = {
  table: 'notes',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ note: object }>`
      SELECT jsonb_build_object('record_id', n.record_id, 'text', n.text, 'body', n.body, 'created_at', n.created_at,
        'by', u.full_name, 'edited_at', n.edited_at, 'deleted_at', n.deleted_at) AS note
      FROM notes n LEFT JOIN users u ON u.id = n.created_by
      WHERE n.organization_id = ${actor.organization_id}::uuid AND n.object = ${object} AND n.record_id = ANY(${record_ids}::uuid[])
      ORDER BY n.id`.execute(tx)
    return rows.map(({ note }) => note)
  },
  async erase(ctx, person) {
    const redacted = await redactDocuments(ctx, person, 'notes')
    return redacted + (await dropNotes(ctx, person.object, person.record_ids))
  },
}

export const noteVersionPersonalData: PersonalData = {
  table: 'note_versions',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ version: object }>`
      SELECT jsonb_build_object('note_id', v.note_id, 'version', v.version, 'text', v.text, 'saved_at', v.saved_at) AS version
      FROM note_versions v JOIN notes n ON n.organization_id = v.organization_id AND n.id = v.note_id
      WHERE v.organization_id = ${actor.organization_id}::uuid AND n.organization_id = ${actor.organization_id}::uuid
        AND n.object = ${object} AND n.record_id = ANY(${record_ids}::uuid[])
      ORDER BY v.note_id, v.version`.execute(tx)
    return rows.map(({ version }) => version)
  },
  /** Those of erased notes go with them. */
  erase: (ctx, person) => redactDocuments(ctx, person, 'note_versions'),
}

/** Of records that are deleted for good; how they were goes along by its key. */
export async function dropNotes(
  { tx, actor }: Context,
  object: string,
  record_ids: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    DELETE FROM notes WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[]) RETURNING id`.execute(tx)
  await forgetNotes(
    { tx, actor },
    rows.map(({ id }) => id),
  )
  return rows.length
}

/** A batch of notes that have been in the trash for so many days; answers how many. */
export async function dropTrashedNotes({ tx, actor }: Context, days: number, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM notes WHERE organization_id = ${actor.organization_id}::uuid AND id IN (
      SELECT id FROM notes WHERE organization_id = ${actor.organization_id}::uuid
        AND deleted_at < now() - make_interval(days => ${days}) LIMIT ${most})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

type Kept = {
  id: string
  version: number
  body: NoteDocument
  object: string
  record_id: string
  found: boolean
}

/** What the database finds is looked at closely: digits stand in ids, too. */
async function redactDocuments(
  { tx, actor }: Context,
  person: Person,
  table: 'notes' | 'note_versions',
): Promise<number> {
  const id: RawBuilder<unknown> = table === 'notes' ? sql`d.id` : sql`d.note_id`
  const { rows } = await sql<Kept>`
    SELECT ${id} AS id, d.version, d.body, n.object, n.record_id, n.deleted_at IS NULL AS found FROM ${sql.table(table)} d
    JOIN notes n ON n.organization_id = d.organization_id AND n.id = ${id}
    WHERE d.organization_id = ${actor.organization_id}::uuid AND (
      EXISTS (SELECT 1 FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN lower(d.body::text)) > 0)
      OR EXISTS (SELECT 1 FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(d.body::text, '\\D', '', 'g')) > 0))`.execute(
    tx,
  )
  const changed = rows.flatMap(({ body, ...row }) => {
    const redacted = redactNode(body, person)
    return JSON.stringify(redacted) === JSON.stringify(body)
      ? []
      : [{ ...row, body: redacted, text: noteText(redacted) }]
  })
  await sql`
    UPDATE ${sql.table(table)} d SET body = c.body, text = c.text
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS c (id uuid, version int, body jsonb, text text)
    WHERE d.organization_id = ${actor.organization_id}::uuid AND ${id} = c.id AND d.version = c.version`.execute(
    tx,
  )
  if (table === 'notes')
    await indexNotes(
      { tx, actor },
      changed.filter(({ found }) => found),
    )
  return changed.length
}

/** Each piece of text by itself; where a mark goes across several, because a part of it is bold, the line becomes plain. */
export function redactNode<Node extends Pick<NoteNode, 'content'>>(node: Node, person: Person): Node {
  if (!node.content) return node
  const content = node.content.map((one): NoteNode =>
    one.text === undefined ? redactNode(one, person) : redactText(one, person),
  )
  const line = content.map(({ text }) => text ?? '').join('')
  return {
    ...node,
    content: mentions(line, person) ? [{ type: 'text', text: redact(line, person) }] : content,
  }
}

function redactText({ type, text = '', marks = [] }: NoteNode, person: Person): NoteNode {
  const kept = marks.filter(({ attrs }) => !attrs || !mentions(decodeLink(attrs.href), person))
  return { type, text: redact(text, person), ...(kept.length > 0 ? { marks: kept } : {}) }
}

function decodeLink(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    // A percent sign that encodes nothing: the link is looked at as it is.
    return href
  }
}
