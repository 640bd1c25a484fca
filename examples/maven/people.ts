/**
 * sales_teams.csv becomes members and teams: everyone is invited, opens an account with the invitation from the mail,
 * and joins the team of their manager. Mails are read from the operator's outbox, as nobody gets any here.
 */
import { randomUUID } from 'node:crypto'
import { createRapport } from '@rapport/sdk'
import { baseUrl, fetchPatiently, rapport, readRows } from './connect.ts'

type Agent = { sales_agent: string; manager: string; regional_office: string }

const addressOf = (name: string) => `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@maven.example`

/** Answers the ids of the members by their names. */
export async function loadPeople(): Promise<ReadonlyMap<string, string>> {
  const agents = await readRows<Agent>('sales_teams.csv')
  const managers = [...new Set(agents.map(({ manager }) => manager))]
  const joined = await knownMembers()
  const missing = [
    ...managers.map((name) => ({ name, role: 'manager' })),
    ...agents.map(({ sales_agent: name }) => ({ name, role: 'sales' })),
  ].filter(({ name }) => !joined.has(addressOf(name)))
  for (const { name, role } of missing)
    await rapport.invitations.create({ body: { email: addressOf(name), role } })
  for (const { name } of missing) await openAccount(name)
  const members = await knownMembers()
  const idOf = (name: string) => members.get(addressOf(name)) ?? ''
  const teams = await makeTeams(agents, managers, idOf)
  console.log(
    `${agents.length} agents and ${managers.length} managers: ${missing.length} joined, ${teams} teams made`,
  )
  return new Map(agents.map(({ sales_agent }) => [sales_agent, idOf(sales_agent)]))
}

async function knownMembers(): Promise<Map<string, string>> {
  const { items } = await rapport.members.list()
  return new Map(items.map(({ email, user_id }) => [email, user_id]))
}

async function openAccount(full_name: string): Promise<void> {
  const email = addressOf(full_name)
  // Nobody logs in as them, so nobody needs to know the password.
  const body = {
    email,
    full_name,
    password: `${randomUUID()} ${randomUUID()}`,
    invitation_token: await tokenFor(email),
  }
  await createRapport({ baseUrl, fetch: fetchPatiently }).identity.register({ body })
}

/** The secret of the newest invitation that was mailed there. */
async function tokenFor(email: string): Promise<string> {
  const { OPERATOR_TOKEN: operator } = process.env
  if (!operator) throw new Error('OPERATOR_TOKEN is needed to read the invitations from the outbox.')
  const headers = { authorization: `Bearer ${operator}` }
  const read = async (path: string) => (await fetchPatiently(`${baseUrl}${path}`, { headers })).text()
  const outbox = await read('/operator/outbox')
  const rows = outbox.split('<tr>').filter((row) => row.includes(`>${email}<`))
  for (const row of rows) {
    const [, path] = /href="(\/operator\/outbox\/[^"]+)"/.exec(row) ?? []
    const [, token] = /invitations\/accept#token=([\w-]{43})/.exec(path ? await read(path) : '') ?? []
    if (token) return token
  }
  throw new Error(`There is no invitation for ${email} in the outbox.`)
}

async function makeTeams(
  agents: readonly Agent[],
  managers: readonly string[],
  idOf: (name: string) => string,
): Promise<number> {
  const { items } = await rapport.teams.list()
  const missing = managers.filter((name) => !items.some((team) => team.manager_id === idOf(name)))
  for (const manager of missing) {
    const own = agents.filter((agent) => agent.manager === manager)
    const name = `${own[0]?.regional_office ?? ''}: ${manager}`
    const member_ids = own.map(({ sales_agent }) => idOf(sales_agent))
    await rapport.teams.create({ body: { name, manager_id: idOf(manager), member_ids } })
  }
  return missing.length
}
