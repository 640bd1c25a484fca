/** An organization to work in, made through the API, with the cookie that a browser needs to be its owner. */
import type { NewLead, Pipeline, Session, Stage } from '@rapport/contracts'
import { createRapport, type Rapport } from '@rapport/sdk'

export const password = 'correct horse battery'

export type Member = { email: string; session: Session; rapport: Rapport; cookie: string }
export type Desk = Member & { pipeline: Pipeline; stage: (name: string) => Stage }
export type LeadDraft = Partial<Omit<NewLead, 'custom'>> & { full_name: string }

let members = 0
let addresses = 0

/** A person nobody else in this run is. */
export function aPerson(full_name = 'Ana Lima') {
  members += 1
  return { full_name, email: `person-${process.pid}-${members}@example.com`, password }
}

export async function openDesk(serverUrl: string, organization_name = 'Aurora Imports'): Promise<Desk> {
  const owner = await registerMember(serverUrl, { organization_name })
  const { items } = await owner.rapport.pipelines.list()
  const [pipeline] = items
  if (!pipeline) throw new Error('A new organization has no pipeline.')
  return { ...owner, pipeline, stage: (name) => stageOf(pipeline, name) }
}

export async function registerMember(
  serverUrl: string,
  { full_name, organization_name }: { full_name?: string; organization_name: string },
): Promise<Member> {
  const person = aPerson(full_name)
  return enter(serverUrl, person.email, (rapport) =>
    rapport.identity.register({ body: { ...person, organization_name, language: 'en' } }),
  )
}

/** Logs in to an organization, for a session whose cookie and token belong there. */
export function logIn(serverUrl: string, email: string, organization_id: string): Promise<Member> {
  return enter(serverUrl, email, async (rapport) => {
    const answer = await rapport.identity.login({ body: { email, password, organization_id } })
    if ('two_factor_required' in answer) throw new Error(`${email} has two-factor on.`)
    return answer
  })
}

/** Where nobody else in this run calls from, so that the limits on log-ins see many people and not one. */
function anAddress(): string {
  addresses += 1
  return `10.${process.pid % 256}.${Math.trunc(addresses / 256)}.${addresses % 256}`
}

async function enter(
  serverUrl: string,
  email: string,
  open: (rapport: Rapport) => Promise<Session>,
): Promise<Member> {
  let cookie = ''
  let session: Session | null = null
  const address = anAddress()
  const rapport = createRapport({
    baseUrl: serverUrl,
    token: () => session?.access_token,
    organizationId: () => session?.organization.id,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers)
      headers.set('x-forwarded-for', address)
      const response = await fetch(input, { ...init, headers })
      const given = /rapport_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
      if (given) cookie = given
      return response
    },
  })
  session = await open(rapport)
  return { email, session, rapport, cookie }
}

function stageOf(pipeline: Pipeline, name: string): Stage {
  const stage = pipeline.stages.find((each) => each.name === name)
  if (!stage) throw new Error(`There is no stage "${name}".`)
  return stage
}

/** Made one after the other, so that their order is known. */
export async function addLeads(rapport: Rapport, drafts: readonly LeadDraft[]) {
  const leads = []
  for (const body of drafts) leads.push(await rapport.leads.create({ body }))
  return leads
}
