/** The members of one organization, each with an account, a token and an address of their own. */
import { randomUUID } from 'node:crypto'
import type { Pipeline, Session } from '@rapport/contracts'
import { createRapport, type Rapport } from '@rapport/sdk'

export type Mover = { rapport: Rapport; token: string }
export type Crew = { organization_id: string; pipeline: Pipeline; movers: Mover[] }

const password = randomUUID()
const atOnce = 5

/** An owner and further members, who come in by invitations as people do. */
export async function openCrew(url: string, members: number): Promise<Crew> {
  const { mover: owner, session } = await register(url, 0, { organization_name: 'Board' })
  const organization_id = session.organization.id
  const [pipeline] = (await owner.rapport.pipelines.list({ query: { object: 'lead' } })).items
  if (!pipeline) throw new Error('A new organization has no pipeline.')
  const movers = [owner]
  while (movers.length < members) {
    const places = Array.from(
      { length: Math.min(atOnce, members - movers.length) },
      (_, at) => movers.length + at,
    )
    movers.push(...(await Promise.all(places.map((place) => join(url, place, owner, organization_id)))))
  }
  return { organization_id, pipeline, movers }
}

async function register(
  url: string,
  place: number,
  more: { organization_name?: string; invitation_token?: string },
) {
  const email = `mover-${place}-${randomUUID()}@example.com`
  const session = await clientOf(url, place).identity.register({
    body: { email, password, full_name: `Mover ${place}`, ...more },
  })
  return { email, session, mover: moverOf(url, place, session) }
}

async function join(url: string, place: number, owner: Mover, organization_id: string): Promise<Mover> {
  const { email, mover } = await register(url, place, { organization_name: 'Elsewhere' })
  const { link } = await owner.rapport.invitations.create({ body: { email, role: 'sales' } })
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? ''
  await mover.rapport.invitations.accept({ body: { token } })
  const answer = await clientOf(url, place).identity.login({ body: { email, password, organization_id } })
  if ('two_factor_required' in answer) throw new Error('A new account has two-factor on.')
  return moverOf(url, place, answer)
}

const moverOf = (url: string, place: number, { access_token, organization }: Session): Mover => ({
  token: access_token,
  rapport: clientOf(url, place, access_token, organization.id),
})

/** Everybody calls from elsewhere, so that limits on log-ins see many people and not one. */
function clientOf(url: string, place: number, token?: string, organization_id?: string): Rapport {
  return createRapport({
    baseUrl: url,
    token: () => token,
    organizationId: () => organization_id,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers)
      headers.set('x-forwarded-for', `10.1.${Math.trunc(place / 250)}.${1 + (place % 250)}`)
      return fetch(input, { ...init, headers })
    },
  })
}
