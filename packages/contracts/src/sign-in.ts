/** Ways in beside the password: the second factor, passkeys, and accounts at other providers. */
import { z } from 'zod'
import { LogInAnswer, Session, TwoFactorRequired } from './identity.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, Timestamp } from './shared.ts'

/** A provider knows the person by an address that has an account here, which must say so itself first. */
export const PasswordRequired = z.object({
  password_required: z.literal(true),
  challenge: z.string(),
  email: z.string(),
})
export type PasswordRequired = z.infer<typeof PasswordRequired>

const Challenge = z.string().min(1).max(200)
const Secret = z.string().min(1).max(200)

/** Six digits; people type them in groups. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must be the 6 digits that the app shows'))

/** 16 letters and digits, in whatever case and groups. */
export const RecoveryCode = z
  .string()
  .max(40)
  .transform((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''))
  .pipe(z.string().regex(/^[a-z0-9]{16}$/, 'must be a recovery code of 16 letters and digits'))

const Base64Url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/)
const Extensions = z.record(z.string().max(64), z.unknown()).default({})
const credential = {
  id: Base64Url(1400).min(1),
  rawId: Base64Url(1400).min(1),
  type: z.literal('public-key'),
  clientExtensionResults: Extensions,
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
}

/** PublicKeyCredential.toJSON() of an assertion (WebAuthn level 3). */
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Base64Url(4000).min(1),
    authenticatorData: Base64Url(4000).min(1),
    signature: Base64Url(4000).min(1),
    userHandle: Base64Url(200).optional(),
  }),
})
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>

/** PublicKeyCredential.toJSON() of a new credential. */
export const PasskeyAttestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Base64Url(4000).min(1),
    attestationObject: Base64Url(20_000).min(1),
    authenticatorData: Base64Url(4000).optional(),
    transports: z.array(z.string().max(40)).max(10).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: Base64Url(4000).optional(),
  }),
})
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>

export const Passkey = z.object({
  id: Id,
  name: z.string(),
  /** Synchronised between devices by the person's password manager. */
  backed_up: z.boolean(),
  created_at: Timestamp,
  last_used_at: Timestamp.nullable(),
})
export type Passkey = z.infer<typeof Passkey>

export const providers = ['google', 'microsoft', 'oidc'] as const
export const ProviderKey = z.enum(providers)
export type ProviderKey = z.infer<typeof ProviderKey>

export const Provider = z.object({ provider: ProviderKey, name: z.string() })
export type Provider = z.infer<typeof Provider>

/** An account at a provider that opens the account here. */
export const LinkedIdentity = z.object({
  id: Id,
  provider: ProviderKey,
  email: z.string().nullable(),
  created_at: Timestamp,
  last_used_at: Timestamp.nullable(),
})
export type LinkedIdentity = z.infer<typeof LinkedIdentity>

export const SignInMethods = z.object({
  password: z.boolean(),
  two_factor: z.object({
    enabled_at: Timestamp.nullable(),
    recovery_codes_left: z.int(),
  }),
  passkeys: z.array(Passkey),
  identities: z.array(LinkedIdentity),
})
export type SignInMethods = z.infer<typeof SignInMethods>

/** The codes are told this once; only their hashes are kept. */
const RecoveryCodes = z.object({ recovery_codes: z.array(z.string()) })

const exactlyOne = (given: Record<string, unknown>) =>
  Object.values(given).filter((value) => value !== undefined).length === 1

/** `proof` is one of the listed answers. */
function oneProof<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject(shape)
    .refine((proof) => exactlyOne(proof), `must have exactly one of ${Object.keys(shape).join(', ')}`)
}

const SecondFactorProof = oneProof({
  code: TotpCode.optional(),
  recovery_code: RecoveryCode.optional(),
  passkey: PasskeyAssertion.optional(),
})
const ProviderParams = z.strictObject({ provider: ProviderKey })
/** The query string that the provider sent the browser back with, without the question mark. */
const ProviderReturn = z.strictObject({ query: z.string().min(1).max(8000) })
/** Options for navigator.credentials, as JSON (WebAuthn level 3). */
const CeremonyOptions = z.object({ options: z.record(z.string(), z.unknown()) })

export const signIn = {
  providers: operation({
    method: 'GET',
    path: '/auth/providers',
    summary: 'The providers that this installation logs in with',
    reply: z.object({ items: z.array(Provider) }),
  }),
  twoFactor: operation({
    method: 'POST',
    path: '/auth/two-factor',
    summary: 'Answer the question for the second factor and get the session',
    problems: [401, 403],
    during_maintenance: true,
    body: z.strictObject({ challenge: Challenge, proof: SecondFactorProof }),
    reply: Session,
  }),
  passkeyOptions: operation({
    method: 'POST',
    path: '/auth/passkey/options',
    summary: 'What to ask a passkey with: to log in, or to answer a second-factor challenge',
    problems: [401],
    during_maintenance: true,
    body: z.strictObject({ challenge: Challenge.optional() }),
    reply: CeremonyOptions,
  }),
  passkey: operation({
    method: 'POST',
    path: '/auth/passkey',
    summary: 'Log in with a passkey, which counts as both factors',
    problems: [401, 403],
    during_maintenance: true,
    body: z.strictObject({ passkey: PasskeyAssertion, organization_id: Id.optional() }),
    reply: Session,
  }),
  startProvider: operation({
    method: 'POST',
    path: '/auth/providers/{provider}/start',
    summary: 'Begin a log-in at a provider: where to send the browser',
    problems: [502],
    during_maintenance: true,
    params: ProviderParams,
    reply: z.object({ url: z.string() }),
  }),
  finishProvider: operation({
    method: 'POST',
    path: '/auth/providers/{provider}/callback',
    summary: 'Finish a log-in at a provider with what it sent the browser back with',
    problems: [401, 403, 502],
    during_maintenance: true,
    params: ProviderParams,
    body: ProviderReturn.extend({
      /** A new account joins the inviting organization instead of making one; the address must be the invited one. */
      invitation_token: z.string().min(1).max(200).optional(),
    }),
    reply: z.union([Session, TwoFactorRequired, PasswordRequired]),
  }),
  linkWithPassword: operation({
    method: 'POST',
    path: '/auth/providers/{provider}/password',
    summary: 'Prove that an existing account is yours, link the provider to it and log in',
    problems: [401, 403],
    params: ProviderParams,
    body: z.strictObject({ challenge: Challenge, password: Secret }),
    reply: LogInAnswer,
  }),
  confirm: operation({
    method: 'POST',
    path: '/auth/confirm',
    summary: 'Prove again who you are, before a change to your ways in; it counts for a quarter of an hour',
    body: z.strictObject({
      proof: oneProof({
        password: Secret.optional(),
        code: TotpCode.optional(),
        passkey: PasskeyAssertion.optional(),
      }),
    }),
    status: 204,
  }),
  methods: operation({
    method: 'GET',
    path: '/users/me/sign-in-methods',
    summary: 'Your ways in: password, two-factor, passkeys and linked providers',
    reply: SignInMethods,
  }),
  beginTwoFactor: operation({
    method: 'POST',
    path: '/users/me/two-factor',
    summary: 'Begin to set up an authenticator app; it is on once a first code has come',
    status: 201,
    reply: z.object({
      secret: z.string(),
      otpauth_url: z.string(),
      qr_code: z.string().describe('The same as a picture: an SVG data URL'),
    }),
  }),
  enableTwoFactor: operation({
    method: 'POST',
    path: '/users/me/two-factor/confirmation',
    summary: 'Turn two-factor on with a first code, and get the recovery codes',
    body: z.strictObject({ code: TotpCode }),
    reply: RecoveryCodes,
  }),
  disableTwoFactor: operation({
    method: 'POST',
    path: '/users/me/two-factor/disable',
    summary: 'Turn two-factor off, with your password (if you have one) and a code',
    body: z.strictObject({
      password: Secret.optional(),
      proof: oneProof({ code: TotpCode.optional(), recovery_code: RecoveryCode.optional() }),
    }),
    status: 204,
  }),
  newRecoveryCodes: operation({
    method: 'POST',
    path: '/users/me/two-factor/recovery-codes',
    summary: 'Make new recovery codes; the old ones end',
    status: 201,
    reply: RecoveryCodes,
  }),
  newPasskeyOptions: operation({
    method: 'POST',
    path: '/users/me/passkeys/options',
    summary: 'What to make a new passkey with',
    reply: CeremonyOptions,
  }),
  addPasskey: operation({
    method: 'POST',
    path: '/users/me/passkeys',
    summary: 'Register the passkey that was just made',
    body: z.strictObject({ name: line(100), passkey: PasskeyAttestation }),
    status: 201,
    reply: Passkey,
  }),
  renamePasskey: operation({
    method: 'PATCH',
    path: '/users/me/passkeys/{id}',
    summary: 'Rename a passkey',
    params: IdParams,
    body: z.strictObject({ name: line(100) }),
    reply: Passkey,
  }),
  removePasskey: operation({
    method: 'DELETE',
    path: '/users/me/passkeys/{id}',
    summary: 'Remove a passkey; it opens this account no more',
    params: IdParams,
    status: 204,
  }),
  startLink: operation({
    method: 'POST',
    path: '/users/me/identities/{provider}/start',
    summary: 'Begin to link an account at a provider: where to send the browser',
    problems: [502],
    params: ProviderParams,
    reply: z.object({ url: z.string() }),
  }),
  finishLink: operation({
    method: 'POST',
    path: '/users/me/identities/{provider}',
    summary: 'Link the account at the provider that the browser came back with',
    problems: [502],
    params: ProviderParams,
    body: ProviderReturn,
    status: 201,
    reply: LinkedIdentity,
  }),
  unlink: operation({
    method: 'DELETE',
    path: '/users/me/identities/{id}',
    summary: 'Unlink an account at a provider; the last way in stays',
    params: IdParams,
    status: 204,
  }),
  twoFactorPolicy: operation({
    method: 'GET',
    path: '/organizations/current/two-factor',
    summary: 'Whether the organization asks two-factor of all its members',
    reply: z.object({ required: z.boolean() }),
  }),
  setTwoFactorPolicy: operation({
    method: 'PUT',
    path: '/organizations/current/two-factor',
    summary: 'Ask two-factor of all members, or no longer',
    body: z.strictObject({ required: z.boolean() }),
    reply: z.object({ required: z.boolean() }),
  }),
}
