/** The OpenID providers that an operator has set up: each by all of its variables, or not at all. */
import { z } from 'zod'

export type ProviderSettings = {
  provider: 'google' | 'microsoft' | 'oidc'
  /** As the log-in page names it. */
  name: string
  issuer: string
  clientId: string
  clientSecret: string
}

const Text = z.string().trim().min(1).max(500).optional()

/** Tokens and codes go there, so nothing but this machine itself is reached without encryption. */
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname, search, hash } = new URL(value)
  if (search !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

const isLoopback = (hostname: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

export const ProviderVariables = {
  GOOGLE_CLIENT_ID: Text,
  GOOGLE_CLIENT_SECRET: Text,
  MICROSOFT_CLIENT_ID: Text,
  MICROSOFT_CLIENT_SECRET: Text,
  MICROSOFT_TENANT: z
    .string()
    .regex(/^[\w.-]{1,100}$/, { error: 'a tenant id, a domain, or common, organizations or consumers' })
    .default('common'),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, { error: 'an https address such as https://id.example.com' })
    .optional(),
  OIDC_CLIENT_ID: Text,
  OIDC_CLIENT_SECRET: Text,
  OIDC_NAME: z.string().trim().min(1).max(60).default('SSO'),
}

export const providerSecrets = ['GOOGLE_CLIENT_SECRET', 'MICROSOFT_CLIENT_SECRET', 'OIDC_CLIENT_SECRET']

type Values = z.output<z.ZodObject<typeof ProviderVariables>>

const sets = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['MICROSOFT_CLIENT_ID', 'MICROSOFT_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const

/** What is missing of a set that was begun: a button that leads nowhere would be found by a user. */
export function missingProviderVariables(values: Values): { name: string; beside: string }[] {
  return sets.flatMap((names) => {
    const beside = names.find((name) => values[name] !== undefined)
    if (beside === undefined) return []
    return names.filter((name) => values[name] === undefined).map((name) => ({ name, beside }))
  })
}

export function readProviders(values: Values): ProviderSettings[] {
  const providers: ProviderSettings[] = []
  const add = (
    known: Pick<ProviderSettings, 'provider' | 'name'>,
    issuer: string | undefined,
    clientId: string | undefined,
    clientSecret: string | undefined,
  ) => {
    if (issuer && clientId && clientSecret) providers.push({ ...known, issuer, clientId, clientSecret })
  }
  add(
    { provider: 'google', name: 'Google' },
    'https://accounts.google.com',
    values.GOOGLE_CLIENT_ID,
    values.GOOGLE_CLIENT_SECRET,
  )
  add(
    { provider: 'microsoft', name: 'Microsoft' },
    `https://login.microsoftonline.com/${values.MICROSOFT_TENANT}/v2.0`,
    values.MICROSOFT_CLIENT_ID,
    values.MICROSOFT_CLIENT_SECRET,
  )
  add(
    { provider: 'oidc', name: values.OIDC_NAME },
    values.OIDC_ISSUER,
    values.OIDC_CLIENT_ID,
    values.OIDC_CLIENT_SECRET,
  )
  return providers
}
