/** What the browser and the passkey do together (WebAuthn). */
import type { PasskeyAssertion, PasskeyAttestation } from '@rapport/contracts'
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

export const hasPasskeys = browserSupportsWebAuthn

type Options = Record<string, unknown>

export async function makePasskey(options: Options): Promise<PasskeyAttestation> {
  // The server made them for exactly this call; the contract does not repeat the specification's types.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  return asSent(await startRegistration({ optionsJSON }))
}

export async function askForPasskey(options: Options): Promise<PasskeyAssertion> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return asSent(await startAuthentication({ optionsJSON }))
}

/** What extensions answered is of no use here, and some of it is no JSON. */
const asSent = <Answer extends object>(answer: Answer) => ({
  ...answer,
  clientExtensionResults: {} as Record<string, unknown>,
})

/** The person closed the browser's question, let it run out, or it could not be asked. */
export const isNoPasskey = (error: unknown): boolean =>
  error instanceof WebAuthnError || error instanceof DOMException

/** This device has a passkey for the account already. */
export const isKnownPasskey = (error: unknown): boolean =>
  error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
