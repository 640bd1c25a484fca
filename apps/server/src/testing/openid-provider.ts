/** A real OpenID provider on a port of its own, and the way of a person through its pages. For tests. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'

export const client = { OIDC_CLIENT_ID: 'rapport', OIDC_CLIENT_SECRET: 'a client secret for tests only' }

export type Person = { email?: string; email_verified?: boolean; name?: string; locale?: string }

export type OpenIdProvider = Awaited<ReturnType<typeof startOpenIdProvider>>

/** @param people by their subject, which is also what they type to log in there */
export async function startOpenIdProvider(redirect_uris: string[], people: Map<string, Person>) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'test' }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.OIDC_CLIENT_ID,
        client_secret: client.OIDC_CLIENT_SECRET,
        redirect_uris,
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...people.get(sub) }),
    }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'locale'] },
    pkce: { required: () => true },
    jwks: { keys: [key] },
    cookies: { keys: ['only for tests'] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
  })
  server.on('request', provider.callback())
  return {
    issuer,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * What a browser does from the address that the log-in begins at until the provider sends it back: pages are
 * loaded, forms sent, cookies kept. Answers the address it is sent back to, which is not loaded.
 */
export async function visit(start: string, subject: string): Promise<URL> {
  const home = new URL(start).origin
  const cookies = new Map<string, string>()
  const send = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  let response = await send(start)
  for (let page = 0; page < 20; page += 1) {
    const location = response.headers.get('location')
    if (location !== null) {
      const next = new URL(location, home)
      if (next.origin !== home) return next
      response = await send(next.href)
      continue
    }
    const text = await response.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1]
    if (!action) throw new Error(`The provider shows no form: ${response.status} ${text.slice(0, 300)}`)
    const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1] ?? ''
    const filled: Record<string, string> =
      prompt === 'login' ? { prompt, login: subject, password: 'any' } : { prompt }
    response = await send(new URL(action, home).href, filled)
  }
  throw new Error('The provider does not send the browser back.')
}
