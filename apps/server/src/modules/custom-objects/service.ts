/** Making and changing the objects of an organization. What would lose a record is refused. */
import {
  maxCustomObjects,
  reservedKeys,
  type CustomObject,
  type CustomObjectChange,
  type NewCustomObject,
} from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { scopeOf, type Actor } from '../../platform/actor.ts'
import { changedFields } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { forgetFieldsOf, relationsTo } from '../custom-fields/index.ts'
import { forgetViewsOf } from '../views/index.ts'
import {
  keyReserved,
  keyTaken,
  objectHasRecords,
  objectInUse,
  objectNotFound,
  staleObject,
  tooManyObjects,
  unknownRole,
} from './problems.ts'
import {
  countRecords,
  deleteObject,
  findUnknownRole,
  insertObject,
  listObjects,
  lockObjects,
  orderObjects,
  updateObject,
  type ObjectValues,
} from './repository.ts'

const maySee = (actor: Actor, { key }: CustomObject): boolean =>
  actor.own_objects.has(key) || scopeOf(actor, 'custom_objects:manage') !== undefined

/** Those that the caller's role sees; whoever manages them is told of the retired ones, too. */
export async function listSeenObjects(ctx: Ctx): Promise<CustomObject[]> {
  return (await listObjects(ctx)).filter((object) => maySee(ctx.actor, object))
}

export async function getSeenObject(ctx: Ctx, key: string): Promise<CustomObject> {
  return requireIn(await listSeenObjects(ctx), key)
}

function requireIn(objects: readonly CustomObject[], key: string): CustomObject {
  const object = objects.find((one) => one.key === key)
  if (!object) throw objectNotFound(key)
  return object
}

export async function createObject(ctx: Ctx, input: NewCustomObject): Promise<CustomObject> {
  const { key, label, label_many, icon = null, color = null, description = null } = input
  if (reservedKeys.has(key)) throw keyReserved()
  const objects = await lockObjects(ctx)
  if (objects.some((object) => object.key === key)) throw keyTaken()
  if (objects.length >= maxCustomObjects) throw tooManyObjects(maxCustomObjects)
  const roles = await readRoles(ctx, input.roles)
  const values = { key, label, label_many, icon, color, description, roles }
  const id = newId()
  await insertObject(ctx, id, { ...values, position: objects.length, retired: false })
  ctx.emit({
    type: 'custom_object.created',
    record: { object: 'custom_object', id, version: 1, name: label },
    data: { key },
    changes: { after: values },
  })
  return requireIn(await listObjects(ctx), key)
}

/** Each role once, or null for all. */
async function readRoles(ctx: Ctx, given: readonly string[] | null | undefined): Promise<string[] | null> {
  if (given == null) return null
  const unknown = await findUnknownRole(ctx, given)
  if (unknown >= 0) throw unknownRole(unknown)
  return [...new Set(given)]
}

export async function changeObject(ctx: Ctx, key: string, change: CustomObjectChange): Promise<CustomObject> {
  const objects = await lockObjects(ctx)
  const before = requireIn(objects, key)
  const { id } = before
  const after = await changedObject(ctx, before, change)
  const changes = changedFields(auditedOf(before), auditedOf(after))
  if (change.version !== before.version) throw staleObject(before, Object.keys(changes?.after ?? {}))
  const place = change.position
  if (!changes && (place === undefined || place === before.position)) return before
  await updateObject(ctx, id, after)
  if (place !== undefined) {
    const others = objects.filter((object) => object.id !== id).map((object) => object.id)
    await orderObjects(ctx, others.toSpliced(Math.min(place, others.length), 0, id))
  }
  ctx.emit({
    type: 'custom_object.updated',
    record: { object: 'custom_object', id, version: before.version + 1, name: after.label },
    data: { key },
    changes: changes ?? { before: { position: before.position }, after: { position: place } },
  })
  return requireIn(await listObjects(ctx), key)
}

async function changedObject(
  ctx: Ctx,
  before: CustomObject,
  { version: _, position: __, roles, ...given }: CustomObjectChange,
): Promise<CustomObject> {
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...before, ...stated, ...(roles === undefined ? {} : { roles: await readRoles(ctx, roles) }) }
}

/** With its fields and views; only as long as no record is lost by it, and nothing leads nowhere. */
export async function removeObject(ctx: Ctx, key: string): Promise<void> {
  const object = requireIn(await lockObjects(ctx), key)
  const records = await countRecords(ctx, key)
  if (records > 0) throw objectHasRecords(records)
  const leading = await relationsTo(ctx, key)
  if (leading.length > 0) throw objectInUse(leading)
  await forgetFieldsOf(ctx, key)
  await forgetViewsOf(ctx, key)
  await deleteObject(ctx, object.id)
  ctx.emit({
    type: 'custom_object.deleted',
    record: { object: 'custom_object', id: object.id, version: object.version, name: object.label },
    data: { key },
    changes: { before: auditedOf(object) },
  })
}

const auditedOf = ({
  key,
  label,
  label_many,
  icon,
  color,
  description,
  roles,
  retired,
}: ObjectValues): Record<string, unknown> => ({
  key,
  label,
  label_many,
  icon,
  color,
  description,
  roles,
  retired,
})
