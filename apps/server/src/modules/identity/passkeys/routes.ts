/** Passkeys over HTTP: logging in with one, and the person's list of them. */
import { operations, type PasskeyAttestation } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import { notFound } from '../../../platform/problems.ts'
import { getHolder } from '../account/holders.ts'
import { admit, answerAdmission, findPlace, type Opened } from '../logins.ts'
import { requireFreshSession } from '../second-factor/confirmation.ts'
import { challengeEnded } from '../second-factor/errors.ts'
import { tellHolder } from '../second-factor/notice.ts'
import { callerOf, type Caller } from '../second-factor/routes.ts'
import { lockPerson, requireWayIn } from '../second-factor/ways-in.ts'
import { findStep } from '../sign-in-steps.ts'
import { clientOf, type SignInRoutes } from '../sign-in.ts'
import { getUser } from '../users.ts'
import { askPasskey, newPasskeyOptions, verifyNewPasskey, verifyPasskey } from './ceremony.ts'
import { passkeyKnown, tooManyPasskeys } from './errors.ts'
import { relyingParty, type RelyingParty } from './relying-party.ts'
import { deletePasskey, insertPasskey, listCredentials, renamePasskey } from './repository.ts'

const mostPasskeys = 20

export function passkeyRoutes(parts: SignInRoutes): void {
  const { api, access, throttle, environment, tenancy, mail, answer } = parts
  const siteOf = ({ headers }: FastifyRequest) => relyingParty(environment.publicUrl, headers)
  const ceremony = { ...parts, now: access.now }

  api.route(operations.signIn.passkeyOptions, {
    allow: 'public',
    async handle({ request, reply, inSystem }, { body: { challenge } }) {
      await throttle.countRequest(request.ip, reply)
      const options = await inSystem(async (tx) => {
        const step = challenge ? await findStep(tx, 'two_factor', challenge, access.now()) : null
        if (challenge && !step) throw challengeEnded()
        return askPasskey(tx, siteOf(request), step?.user_id ?? null, access.now())
      })
      return { options: { ...options } }
    },
  })

  api.route(operations.signIn.passkey, {
    allow: 'public',
    async handle({ request, reply }, { body: { passkey, organization_id } }) {
      await throttle.countRequest(request.ip, reply)
      const { user_id } = await verifyPasskey(ceremony, siteOf(request), passkey)
      const admission = await tenancy.inSystem(async (tx) => {
        const place = await findPlace(tx, user_id, organization_id)
        return admit(tx, access, await getUser(tx, user_id), place, clientOf(request), 'passkey')
      })
      return answer(reply, (await answerAdmission(access, admission)) as Opened)
    },
  })

  api.route(operations.signIn.newPasskeyOptions, {
    allow: 'session',
    async handle({ request, identity: { user_id, session_id }, inSystem }) {
      const options = await inSystem(async (tx) => {
        await requireFreshSession(tx, { session_id }, access.now())
        if ((await listCredentials(tx, user_id)).length >= mostPasskeys) throw tooManyPasskeys(mostPasskeys)
        const owner = await getHolder(tx, user_id)
        return newPasskeyOptions(tx, siteOf(request), owner, session_id, access.now())
      })
      return { options: { ...options } }
    },
  })

  api.route(operations.signIn.addPasskey, {
    allow: 'session',
    handle: ({ request, identity }, { body }) =>
      addPasskey(siteOf(request), callerOf(identity, request), body),
  })

  async function addPasskey(
    site: RelyingParty,
    caller: Caller,
    { name, passkey }: { name: string; passkey: PasskeyAttestation },
  ) {
    const made = await verifyNewPasskey(ceremony, site, caller.session_id, passkey)
    const { id: credential_id, publicKey, counter, transports = [] } = made.credential
    return tenancy.inSystem(async (tx) => {
      await lockPerson(tx, caller.user_id)
      if ((await listCredentials(tx, caller.user_id)).length >= mostPasskeys)
        throw tooManyPasskeys(mostPasskeys)
      const added = await insertPasskey(tx, {
        user_id: caller.user_id,
        credential_id,
        public_key: Buffer.from(publicKey),
        counter,
        transports: [...transports],
        backed_up: made.credentialBackedUp,
        name,
      })
      if (!added) throw passkeyKnown()
      await tellHolder(tx, mail, caller, { action: 'passkey.added', record_id: added.id, name })
      return added
    })
  }

  api.route(operations.signIn.renamePasskey, {
    allow: 'session',
    async handle({ identity, inSystem }, { params: { id }, body: { name } }) {
      const renamed = await inSystem((tx) => renamePasskey(tx, identity.user_id, id, name))
      if (!renamed) throw notFound('passkey', id)
      return renamed
    },
  })

  api.route(operations.signIn.removePasskey, {
    allow: 'session',
    async handle({ request, identity }, { params: { id } }) {
      const caller = callerOf(identity, request)
      await tenancy.inSystem(async (tx) => {
        await requireFreshSession(tx, caller, access.now())
        await lockPerson(tx, caller.user_id)
        const removed = await deletePasskey(tx, caller.user_id, id)
        if (!removed) throw notFound('passkey', id)
        await requireWayIn(tx, caller.user_id)
        const { name } = removed
        await tellHolder(tx, mail, caller, { action: 'passkey.removed', record_id: id, name })
      })
      return undefined
    },
  })
}
