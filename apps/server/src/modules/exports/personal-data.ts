/**
 * A file may hold any record, and is no longer known by what it holds: an erasure takes away all files of the
 * organization, and stops what is being written. Whoever needs one exports again.
 */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { fileKey } from './keys.ts'
import { forgetFiles, listFiles } from './repository.ts'

export const exportPersonalData: PersonalData = {
  table: 'exports',
  async erase({ tx, actor }) {
    const { organization_id } = actor
    const files = await listFiles({ tx, actor }, 'all')
    await forgetFiles(
      { tx, actor },
      files.map(({ id }) => id),
    )
    await sql`
      UPDATE jobs SET state = 'cancelled', finished_at = now()
      WHERE organization_id = ${organization_id}::uuid AND kind = 'export' AND finished_at IS NULL`.execute(
      tx,
    )
    const { numAffectedRows } = await sql`
      UPDATE exports SET asked = NULL, file_name = 'export.' || format WHERE organization_id = ${organization_id}::uuid
        AND asked IS NOT NULL`.execute(tx)
    return files.length + Number(numAffectedRows ?? 0)
  },
  async eraseFiles({ tx, actor }, storage) {
    for (const file of await listFiles({ tx, actor }, 'all'))
      await storage.remove(fileKey(actor.organization_id, file))
  },
}
