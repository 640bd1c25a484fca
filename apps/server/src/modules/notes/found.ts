/** Notes are found by what they say, by whoever may read the record on which they are. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import { describeAttached, indexRecords, removeRecords } from '../search/index.ts'
import type { NoteRow } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type Found = Pick<NoteRow, 'id' | 'object' | 'record_id' | 'text'>

const object = 'note'
/** The name in the list is short; the text that is shown of a note is read when it is found. */
const named_characters = 100

export const describeFoundNotes = (): void =>
  describeAttached({
    object,
    table: 'notes',
    text: sql<string>`x.text`,
    live: sql<boolean>`x.deleted_at IS NULL`,
  })

export const indexNotes = async (ctx: Context, notes: readonly Found[]): Promise<void> =>
  notes.length === 0
    ? undefined
    : indexRecords(
        ctx,
        notes.map(({ id, text, object: of_object, record_id }) => ({
          object,
          id,
          owner_id: null,
          title: text.slice(0, named_characters),
          subtitle: null,
          texts: [text],
          emails: [],
          phones: [],
          of: { object: of_object, id: record_id },
          country: null,
        })),
      )

export const forgetNotes = async ({ tx, actor }: Context, ids: readonly string[]): Promise<void> =>
  ids.length === 0 ? undefined : removeRecords(tx, actor.organization_id, object, [...ids])
