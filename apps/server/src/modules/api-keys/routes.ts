/** HTTP of the API keys: list, make, change scopes, rotate, revoke. */
import { operations, type ApiKey } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Module } from '../../platform/platform.ts'
import { notFound } from '../../platform/problems.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { hashKey, newKeyText, newPrefix } from './key-text.ts'
import type { Keyring } from './keyring.ts'
import { expiryPassed, keyEnded, onlyTheMaker, scopesNotHeld } from './problems.ts'
import { changeKey, deleteLongRevoked, insertKey, listKeys, lockKey, readKey } from './repository.ts'
import { beyondGrants, boundScopes } from './scopes.ts'

const allow = 'api_keys:manage'
const feature = 'api_keys'
const hour_ms = 3600_000
const { apiKeys } = operations

/** The keyring is told of every change after its commit: what it read before would still be the old. */
export function apiKeysModule(keyring: Pick<Keyring, 'forget'>): Module {
  return ({ api, tenancy, jobs }) => {
    api.route(apiKeys.list, {
      allow,
      feature,
      run: async ({ tx, actor }) => ({
        items: await listKeys(tx, actor.organization_id),
        next_cursor: null,
      }),
    })

    api.route(apiKeys.create, {
      allow,
      feature,
      run: async (ctx, { body }) => createKey(ctx, body),
    })

    api.route(apiKeys.updateScopes, {
      allow,
      feature,
      async handle({ actor, inTenant }, { params, body }) {
        const { key, prefix } = await inTenant(actor, (ctx) => changeScopes(ctx, params.id, body.scopes))
        keyring.forget(prefix)
        return key
      },
    })

    api.route(apiKeys.rotate, {
      allow,
      feature,
      async handle({ actor, inTenant }, { params, body }) {
        const { key, prefix } = await inTenant(actor, (ctx) => rotateKey(ctx, params.id, body.grace_hours))
        keyring.forget(prefix)
        return key
      },
    })

    api.route(apiKeys.revoke, {
      allow,
      feature,
      async handle({ actor, inTenant }, { params }) {
        keyring.forget(await inTenant(actor, (ctx) => revokeKey(ctx, params.id)))
        return undefined
      },
    })

    jobs.schedule('api-keys.delete-long-revoked', '41 3 * * *', () => tenancy.inSystem(deleteLongRevoked))
  }
}

type NewKey = { name: string; scopes: readonly string[]; expires_at?: string | null | undefined }

async function createKey(ctx: Ctx, { name, scopes, expires_at = null }: NewKey) {
  const { tx, actor } = ctx
  const { organization_id } = actor
  if (expires_at !== null && Date.parse(expires_at) <= Date.now()) throw expiryPassed()
  const [id, prefix] = [newId(), newPrefix()]
  const secret = newKeyText(prefix)
  const held = requireHeld(actor, scopes)
  await insertKey(tx, {
    id,
    organization_id,
    user_id: requireUser(actor),
    name,
    prefix,
    secret_hash: hashKey(secret),
    scopes: held,
    expires_at,
  })
  ctx.audit({
    ...subject({ id, name }),
    action: 'api_key.created',
    after: { name, scopes: held, expires_at },
  })
  ctx.emit({
    type: 'account.noticed',
    record: { object: 'api_key', id },
    data: { what: 'api_key_made' },
    unaudited: true,
  })
  return { ...(await readKey(tx, organization_id, id)), secret }
}

async function changeScopes(ctx: Ctx, id: string, scopes: readonly string[]): Promise<Changed<ApiKey>> {
  const { tx, actor, audit } = ctx
  const found = await requireLiveKey(ctx, id)
  const held = requireHeld(actor, scopes)
  await changeKey(tx, actor.organization_id, id, { scopes: held })
  audit({
    ...subject(found),
    action: 'api_key.scopes_changed',
    before: { scopes: found.scopes },
    after: { scopes: held },
  })
  return { key: await readKey(tx, actor.organization_id, id), prefix: found.prefix }
}

async function rotateKey(ctx: Ctx, id: string, grace_hours: number) {
  const { tx, actor, audit } = ctx
  const found = await requireLiveKey(ctx, id)
  if (found.user_id !== actor.user_id) throw onlyTheMaker()
  const secret = newKeyText(found.prefix)
  const now = Date.now()
  const previous_until = grace_hours > 0 ? new Date(now + grace_hours * hour_ms).toISOString() : null
  await changeKey(tx, actor.organization_id, id, {
    secret_hash: hashKey(secret),
    previous_hash: previous_until === null ? null : found.secret_hash,
    previous_until,
    rotated_at: new Date(now).toISOString(),
  })
  audit({ ...subject(found), action: 'api_key.rotated', after: { previous_until } })
  const key = { ...(await readKey(tx, actor.organization_id, id)), secret }
  return { key, prefix: found.prefix }
}

/** A retry is not an error. */
async function revokeKey(ctx: Ctx, id: string): Promise<string> {
  const { tx, actor, audit } = ctx
  const found = await requireKey(ctx, id)
  if (found.revoked_at !== null) return found.prefix
  const revoked_at = new Date().toISOString()
  await changeKey(tx, actor.organization_id, id, { revoked_at, revoked_by: actor.user_id })
  audit({
    ...subject(found),
    action: 'api_key.revoked',
    before: { scopes: found.scopes },
    after: { revoked_at },
  })
  return found.prefix
}

type Changed<Key> = { key: Key; prefix: string }

const subject = ({ id, name }: { id: string; name: string }) =>
  ({ object: 'api_key', record_id: id, record_name: name }) as const

/** Scopes as they are stored: never more than this member may do. */
function requireHeld(actor: Actor, scopes: readonly string[]): string[] {
  const beyond = beyondGrants(scopes, actor.grants)
  if (beyond.length > 0) throw scopesNotHeld(beyond.map((index) => scopes[index] as string))
  return boundScopes(scopes, actor.grants)
}

/** Who may manage keys is a member: a key is never given that permission. */
function requireUser({ user_id }: Actor): string {
  if (user_id === null) throw new Error('An API key needs somebody who makes it.')
  return user_id
}

async function requireKey({ tx, actor }: Ctx, id: string) {
  const found = await lockKey(tx, actor.organization_id, id)
  if (!found) throw notFound('api_key', id)
  return found
}

async function requireLiveKey(ctx: Ctx, id: string) {
  const found = await requireKey(ctx, id)
  const isExpired = found.expires_at !== null && Date.parse(found.expires_at) <= Date.now()
  if (found.revoked_at !== null || isExpired) throw keyEnded()
  return found
}
