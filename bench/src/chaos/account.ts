/** One organization on the server under fire, with tokens that outlast any number of restarts. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '@rapport/contracts'
import { createRapport, RapportProblem, type Rapport } from '@rapport/sdk'

const renewAfter_ms = 4 * 60_000
const pause_ms = 50

export type Account = { organization_id: string; rapport: Rapport; token: () => Promise<string> }

export async function openAccount(url: string): Promise<Account> {
  const anonymous = createRapport({ baseUrl: url })
  const credentials = { email: `${randomUUID()}@example.com`, password: randomUUID() }
  let session: Promise<Session> = anonymous.identity.register({
    body: { ...credentials, full_name: 'Chaos', organization_name: 'Chaos' },
  })
  let renewAt = Date.now() + renewAfter_ms
  const { organization } = await session

  async function logIn(): Promise<Session> {
    const answer = await anonymous.identity.login({ body: credentials })
    if ('two_factor_required' in answer) throw new Error('The account under fire has two-factor on.')
    return answer
  }

  async function token(): Promise<string> {
    if (Date.now() > renewAt) {
      renewAt = Date.now() + renewAfter_ms
      session = untilAnswered(logIn)
    }
    return (await session).access_token
  }
  const rapport = createRapport({ baseUrl: url, token, organizationId: () => organization.id })
  return { organization_id: organization.id, rapport, token }
}

/** Repeats what met a dead or starting server; what the server refuses is an error. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (isRefusal(error)) throw error
      await sleep(pause_ms)
    }
  }
}

/** A key whose first attempt is still being worked on gets a 409 for a while, and too many attempts a 429. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof RapportProblem)) return false
  const isPassing = error.status >= 500 || error.status === 429 || error.code === 'request_in_progress'
  return !isPassing
}
