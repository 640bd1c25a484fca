/** A second member of an organization, who comes in by an invitation as people do. */
import { inject } from 'vitest'
import { logIn, registerMember, type Desk, type Member } from './desk.ts'

/** @param role a built-in role by its name, or a custom one by its id. */
export async function addColleague(desk: Desk, role: string, full_name = 'Bruno Souza'): Promise<Member> {
  const serverUrl = inject('serverUrl')
  const member = await registerMember(serverUrl, { full_name, organization_name: 'Elsewhere' })
  const { link } = await desk.rapport.invitations.create({ body: { email: member.email, role } })
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? ''
  await member.rapport.invitations.accept({ body: { token } })
  return logIn(serverUrl, member.email, desk.session.organization.id)
}
