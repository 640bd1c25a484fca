/**
 * Both ceremonies of WebAuthn level 3. The challenge is the token of a step, so an answer that is presented
 * names the step it belongs to, and taking the step makes the answer good for once.
 */
import type { PasskeyAssertion, PasskeyAttestation } from '@rapport/contracts'
import type { VerifiedRegistrationResponse } from '@simplewebauthn/server'
import type { Logger } from 'pino'
import type { Tenancy } from '../../../platform/tenancy.ts'
import { beginStep, takeStep } from '../sign-in-steps.ts'
import { newSecret } from '../tokens.ts'
import type { PlatformTx } from '../sessions.ts'
import { passkeyNotMade, passkeyRefused } from './errors.ts'
import type { RelyingParty } from './relying-party.ts'
import { listCredentials, lockCredential, noteUse } from './repository.ts'

const timeout_ms = 5 * 60_000
/** EdDSA, ES256 and RS256, which every browser and every Node can do without experiments. */
const supportedAlgorithmIDs = [-8, -7, -257]

/** Loaded with the first passkey: it is four megabytes. */
const webAuthn = () => import('@simplewebauthn/server')

type Owner = { id: string; email: string; full_name: string }
type Ceremony = { tenancy: Pick<Tenancy, 'inSystem'>; now: () => number; log: Pick<Logger, 'info'> }

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

export async function newPasskeyOptions(
  tx: PlatformTx,
  { id: rpID }: RelyingParty,
  owner: Owner,
  session_id: string,
  now_ms: number,
) {
  const challenge = newSecret()
  const known = await listCredentials(tx, owner.id)
  await beginStep(tx, { kind: 'new_passkey', user_id: owner.id, session_id }, now_ms, challenge)
  const { generateRegistrationOptions } = await webAuthn()
  return generateRegistrationOptions({
    rpName: 'Rapport',
    rpID,
    userID: new Uint8Array(Buffer.from(owner.id)),
    userName: owner.email,
    userDisplayName: owner.full_name,
    challenge: bytesOf(challenge),
    supportedAlgorithmIDs,
    timeout: timeout_ms,
    attestationType: 'none',
    excludeCredentials: known,
    // Discoverable, so that it logs in by itself; verified, so that it counts as two factors.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** @param user_id whose passkeys to ask for; without it any that the browser finds for this site */
export async function askPasskey(
  tx: PlatformTx,
  { id: rpID }: RelyingParty,
  user_id: string | null,
  now_ms: number,
) {
  const challenge = newSecret()
  const allowCredentials = user_id === null ? [] : await listCredentials(tx, user_id)
  await beginStep(tx, { kind: 'passkey', user_id }, now_ms, challenge)
  const { generateAuthenticationOptions } = await webAuthn()
  return generateAuthenticationOptions({
    rpID,
    challenge: bytesOf(challenge),
    timeout: timeout_ms,
    userVerification: 'required',
    allowCredentials,
  })
}

type Registered = Extract<VerifiedRegistrationResponse, { verified: true }>['registrationInfo']

/** Throws a 422 for an answer that is not to the last options of this session. */
export async function verifyNewPasskey(
  { tenancy, now, log }: Ceremony,
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
  session_id: string,
  response: PasskeyAttestation,
): Promise<Registered> {
  const expectedChallenge = challengeOf(response.response.clientDataJSON)
  const step = await tenancy.inSystem((tx) => takeStep(tx, 'new_passkey', expectedChallenge, now()))
  if (step?.session_id !== session_id) throw passkeyNotMade()
  const { verifyRegistrationResponse } = await webAuthn()
  const result = await verifyRegistrationResponse({
    response: withoutUndefined(response),
    expectedChallenge,
    expectedOrigin,
    expectedRPID,
    supportedAlgorithmIDs,
    requireUserVerification: true,
  }).catch(refusalInto(log))
  if (!result?.verified) throw passkeyNotMade()
  return result.registrationInfo
}

/**
 * Whose passkey it is, once its signature, site, challenge, user verification and counter have been checked.
 * Everything that is wrong with it throws the same 401.
 */
export async function verifyPasskey(
  { tenancy, now, log }: Ceremony,
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
  response: PasskeyAssertion,
): Promise<{ user_id: string }> {
  const expectedChallenge = challengeOf(response.response.clientDataJSON)
  const step = await tenancy.inSystem((tx) => takeStep(tx, 'passkey', expectedChallenge, now()))
  if (!step) throw passkeyRefused()
  return tenancy.inSystem(async (tx) => {
    const known = await lockCredential(tx, response.id)
    if (!known || !isMeantFor(known.user_id, step.user_id, response)) throw passkeyRefused()
    const { credential_id: id, counter } = known
    const { verifyAuthenticationResponse } = await webAuthn()
    const result = await verifyAuthenticationResponse({
      response: withoutUndefined(response),
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      credential: { id, counter, publicKey: new Uint8Array(known.public_key) },
      requireUserVerification: true,
    }).catch(refusalInto(log))
    if (!result?.verified) throw passkeyRefused()
    const { newCounter, credentialBackedUp: backed_up } = result.authenticationInfo
    await noteUse(tx, known.id, { counter: newCounter, backed_up }, now())
    return { user_id: known.user_id }
  })
}

/** A discoverable passkey names its holder; a step may be meant for one person only. */
function isMeantFor(user_id: string, wanted: string | null, { response }: PasskeyAssertion): boolean {
  const named = response.userHandle ? Buffer.from(response.userHandle, 'base64url').toString() : user_id
  return named === user_id && (wanted === null || wanted === user_id)
}

/** The challenge that the browser says it signed; whether it did is checked afterwards. */
function challengeOf(clientDataJSON: string): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())
    if (
      typeof data === 'object' &&
      data !== null &&
      'challenge' in data &&
      typeof data.challenge === 'string'
    )
      return data.challenge
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return ''
}

/** The library refuses by throwing; what it found wrong is for the log, not for whoever sent it. */
const refusalInto = (log: Pick<Logger, 'info'>) => (error: unknown) => {
  log.info({ err: error }, 'a passkey was refused')
  return null
}

/** Zod writes optional fields as "or undefined"; the library's types, and so its checks, know them as absent. */
function withoutUndefined<T>(value: T): Defined<T> {
  return JSON.parse(JSON.stringify(value)) as Defined<T>
}
type Defined<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]: Defined<Exclude<T[Key], undefined>> }
    : T
