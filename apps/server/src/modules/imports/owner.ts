import { ownersInReach, type Actor } from '../../platform/actor.ts'
import type { RecordDescription } from '../../platform/lists/index.ts'
import type { Given } from '../records/index.ts'

/** Records of nobody would be out of sight of an importer who reads only some: those become their own. */
export const ownerGiver =
  (actor: Actor, { permissions, fields }: Pick<RecordDescription, 'permissions' | 'fields'>) =>
  (given: Given): Given =>
    given.owner_id == null && fields.has('owner_id') && ownersInReach(actor, permissions.read) !== 'all'
      ? { ...given, owner_id: actor.user_id }
      : given
