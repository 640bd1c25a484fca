/** Files are found by what they are called, by whoever may read the record to which they belong. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { describeAttached, indexRecords, removeRecords } from '../search/index.ts'
import type { AttachmentRow } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Found = Pick<AttachmentRow, 'id' | 'object' | 'record_id' | 'name'>

const object = 'attachment'

export const describeFoundFiles = (): void =>
  describeAttached({
    object,
    table: 'attachments',
    text: sql<string>`x.name`,
    live: sql<boolean>`x.current > 0 AND x.deleted_at IS NULL AND x.purged_at IS NULL`,
  })

export const indexFiles = async (ctx: Context, files: readonly Found[]): Promise<void> =>
  files.length === 0
    ? undefined
    : indexRecords(
        ctx,
        files.map(({ id, name, object: of_object, record_id }) => ({
          object,
          id,
          owner_id: null,
          title: name,
          subtitle: null,
          texts: [],
          emails: [],
          phones: [],
          of: { object: of_object, id: record_id },
          country: null,
        })),
      )

export const forgetFiles = async ({ tx, actor }: Context, ids: readonly string[]): Promise<void> =>
  ids.length === 0 ? undefined : removeRecords(tx, actor.organization_id, object, [...ids])
