/**
 * What files belong to: a record of any kind, or what another module keeps files beside, as the chat does its channels.
 * Who may read or change files there, and who hears of it, is asked of it.
 */
import type { EventType } from '@rapport/contracts'
import { systemActor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import {
  findPlace,
  kindOf,
  lockPlace,
  mayRewriteAt,
  mayWriteAt,
  readPlace,
  type Place,
} from '../records/index.ts'
import { emitAttachment, tellOnTimeline } from './facts.ts'
import { indexFiles } from './found.ts'
import type { AttachmentRow } from './repository.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>
type FileName = { object: string; id: string }
type Told = Pick<AttachmentRow, 'id' | 'name' | 'object' | 'record_id'>

export type FileFact = {
  type: EventType & `attachment.${string}`
  /** On a timeline, where there is one. */
  what?: 'added' | 'replaced' | 'trashed' | 'restored'
  changes?: { before?: Record<string, unknown>; after?: Record<string, unknown> }
  unaudited?: boolean
}

export type FilePlace = {
  id: string
  mayWrite: boolean
  /** Delete and restore what somebody added. */
  mayTidy: (author_id: string | null) => boolean
  tell: (ctx: Ctx, file: Told, fact: FileFact) => Promise<void>
  /** Keeps the file where search looks; nothing where only those inside may find it. */
  index: (ctx: Ctx, file: Told) => Promise<void>
}

/** How the files of an object are read, written and told of; each of them throws a 404 where the caller may not know of it. */
export type FileHolder = {
  read: (ctx: Context, id: string) => Promise<FilePlace>
  lock: (ctx: Context, id: string) => Promise<FilePlace>
  /** Whoever asks, for what the system does by itself. */
  find: (ctx: Context, id: string) => Promise<FilePlace | null>
}

const holders = new Map<string, FileHolder>()

/** Declares that files belong to things of this object, too. */
export const holdFiles = (object: string, holder: FileHolder): void => void holders.set(object, holder)

export async function readFilePlace(ctx: Context, name: FileName, path?: string): Promise<FilePlace> {
  const holder = holders.get(name.object)
  return holder ? holder.read(ctx, name.id) : ofRecord(ctx, await readPlace(ctx, name, path))
}

export async function lockFilePlace(ctx: Context, name: FileName, path?: string): Promise<FilePlace> {
  const holder = holders.get(name.object)
  return holder ? holder.lock(ctx, name.id) : ofRecord(ctx, await lockPlace(ctx, name, path))
}

export async function findFilePlace(ctx: Context, { object, id }: FileName): Promise<FilePlace | null> {
  const holder = holders.get(object)
  if (holder) return holder.find(ctx, id)
  const { organization_id } = ctx.actor
  const kind = kindOf(object, { ...systemActor(organization_id), own_objects: new Set([object]) })
  const place = kind && (await findPlace(ctx, kind, id))
  return place ? ofRecord(ctx, place) : null
}

const ofRecord = ({ actor }: Context, place: Place): FilePlace => ({
  id: place.id,
  mayWrite: mayWriteAt(actor, place),
  mayTidy: (author_id) => mayRewriteAt(actor, place, author_id),
  async tell(ctx, file, { what, ...fact }) {
    if (what) await tellOnTimeline(ctx, place, file, what)
    emitAttachment(ctx, place, file, fact)
  },
  index: (ctx, file) => indexFiles(ctx, [file]),
})
