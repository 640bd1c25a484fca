/** Files of an erased person are taken out of the storage at once, those of purged records within the hour. */
import { sql } from 'kysely'
import { mentions, redact, type PersonalData, type Person } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { forgetFiles, indexFiles } from './found.ts'
import { keysOf } from './keys.ts'
import type { AttachmentRow, VersionRow } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Named = Pick<AttachmentRow, 'id' | 'object' | 'record_id' | 'name'> & { found: boolean }
type Kept = Pick<VersionRow, 'number' | 'parts' | 'preview'> & { attachment_id: string }

export const attachmentPersonalData: PersonalData = {
  table: 'attachments',
  async collect({ tx, actor }, { object, record_ids }) {
    const { rows } = await sql<{ attachment: object }>`
      SELECT jsonb_build_object('id', a.id, 'record_id', a.record_id, 'name', a.name, 'created_at', a.created_at, 'deleted_at', a.deleted_at) AS attachment
      FROM attachments a WHERE a.organization_id = ${actor.organization_id}::uuid AND a.object = ${object}
        AND a.record_id = ANY(${record_ids}::uuid[]) AND a.purged_at IS NULL ORDER BY a.id`.execute(tx)
    return rows.map(({ attachment }) => attachment)
  },
  async erase({ tx, actor }, person) {
    const renamed = await renameOthers({ tx, actor }, person)
    const { rows } = await sql<{ id: string }>`
      DELETE FROM attachments WHERE organization_id = ${actor.organization_id}::uuid AND object = ${person.object}
        AND record_id = ANY(${person.record_ids}::uuid[]) RETURNING id`.execute(tx)
    await forgetFiles(
      { tx, actor },
      rows.map(({ id }) => id),
    )
    return renamed + rows.length
  },
  async eraseFiles({ tx, actor }, storage, { object, record_ids }) {
    const { rows } = await sql<Kept>`
      SELECT v.attachment_id, v.number, v.parts, v.preview FROM attachment_versions v
      JOIN attachments a ON a.organization_id = v.organization_id AND a.id = v.attachment_id
      WHERE v.organization_id = ${actor.organization_id}::uuid AND a.organization_id = ${actor.organization_id}::uuid
        AND a.object = ${object} AND a.record_id = ANY(${record_ids}::uuid[])`.execute(tx)
    for (const version of rows)
      for (const key of keysOf(actor.organization_id, version.attachment_id, version))
        await storage.remove(key)
  },
}

/** Their rows go with those of the files. */
export const attachmentVersionPersonalData: PersonalData = {
  table: 'attachment_versions',
  erase: async () => 0,
}

/** What is in files on other records is not read; their names are. */
async function renameOthers({ tx, actor }: Context, person: Person): Promise<number> {
  const { rows } = await sql<Named>`
    SELECT a.id, a.name, a.object, a.record_id, a.current > 0 AND a.deleted_at IS NULL AND a.purged_at IS NULL AS found FROM attachments a WHERE a.organization_id = ${actor.organization_id}::uuid AND (
      EXISTS (SELECT 1 FROM unnest(${[...person.emails, ...person.names]}::text[]) m WHERE position(m IN lower(a.name)) > 0)
      OR EXISTS (SELECT 1 FROM unnest(${person.phones}::text[]) p WHERE position(p IN regexp_replace(a.name, '\\D', '', 'g')) > 0))`.execute(
    tx,
  )
  const changed = rows.filter(({ name }) => mentions(name, person))
  for (const file of changed) {
    const name = redact(file.name, person)
    await sql`
      UPDATE attachments SET name = ${name}
      WHERE organization_id = ${actor.organization_id}::uuid AND id = ${file.id}::uuid`.execute(tx)
    if (file.found) await indexFiles({ tx, actor }, [{ ...file, name }])
  }
  return changed.length
}

/** Of records that are deleted for good. The sweeper takes the files. */
export async function dropAttachments(
  { tx, actor }: Context,
  object: string,
  record_ids: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    UPDATE attachments SET purged_at = now(), name = '' WHERE organization_id = ${actor.organization_id}::uuid
      AND object = ${object} AND record_id = ANY(${record_ids}::uuid[]) AND purged_at IS NULL RETURNING id`.execute(
    tx,
  )
  await forgetFiles(
    { tx, actor },
    rows.map(({ id }) => id),
  )
}

/** Single files, for good. The sweeper takes the bytes. */
export async function purgeFiles({ tx, actor }: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    UPDATE attachments SET purged_at = now(), name = '' WHERE organization_id = ${actor.organization_id}::uuid
      AND id = ANY(${ids}::uuid[]) AND purged_at IS NULL`.execute(tx)
  await forgetFiles({ tx, actor }, ids)
}

/** A batch of files that have been in the trash for so many days; answers how many. */
export async function dropTrashedAttachments(
  { tx, actor }: Context,
  days: number,
  most: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE attachments SET purged_at = now(), name = '' WHERE organization_id = ${actor.organization_id}::uuid AND id IN (
      SELECT id FROM attachments WHERE organization_id = ${actor.organization_id}::uuid AND purged_at IS NULL
        AND deleted_at < now() - make_interval(days => ${days}) LIMIT ${most})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
