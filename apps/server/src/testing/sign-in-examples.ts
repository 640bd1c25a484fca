/** Valid requests for the ways in beside the password; what they name does not exist, so they change nothing. */
import { operations, type Operation } from '@rapport/contracts'

const unknown_id = '0197d5f0-0000-7000-8000-000000000000'
const provider = { provider: 'google' }

const clientData = (type: string) =>
  Buffer.from(JSON.stringify({ type, challenge: 'none', origin: 'http://localhost:3000' })).toString(
    'base64url',
  )
const credential = { id: 'none', rawId: 'none', type: 'public-key', clientExtensionResults: {} }
const assertion = {
  ...credential,
  response: { clientDataJSON: clientData('webauthn.get'), authenticatorData: 'none', signature: 'none' },
}
const attestation = {
  ...credential,
  response: { clientDataJSON: clientData('webauthn.create'), attestationObject: 'none' },
}

const { signIn } = operations
type Example = { params?: Record<string, string>; body?: unknown }

export const signInExamples: [Operation, Example][] = [
  [signIn.providers, {}],
  [signIn.twoFactor, { body: { challenge: 'none', proof: { code: '123456' } } }],
  [signIn.passkeyOptions, { body: {} }],
  [signIn.passkey, { body: { passkey: assertion } }],
  [signIn.startProvider, { params: provider }],
  [signIn.finishProvider, { params: provider, body: { query: 'code=none&state=none' } }],
  [
    signIn.linkWithPassword,
    { params: provider, body: { challenge: 'none', password: 'wrong horse battery' } },
  ],
  [signIn.confirm, { body: { proof: { code: '123456' } } }],
  [signIn.methods, {}],
  [signIn.beginTwoFactor, {}],
  [signIn.enableTwoFactor, { body: { code: '123456' } }],
  [signIn.disableTwoFactor, { body: { proof: { code: '123456' } } }],
  [signIn.newRecoveryCodes, {}],
  [signIn.newPasskeyOptions, {}],
  [signIn.addPasskey, { body: { name: 'Example', passkey: attestation } }],
  [signIn.renamePasskey, { params: { id: unknown_id }, body: { name: 'Example' } }],
  [signIn.removePasskey, { params: { id: unknown_id } }],
  [signIn.startLink, { params: provider }],
  [signIn.finishLink, { params: provider, body: { query: 'code=none&state=none' } }],
  [signIn.unlink, { params: { id: unknown_id } }],
  [signIn.twoFactorPolicy, {}],
  [signIn.setTwoFactorPolicy, { body: { required: false } }],
]
