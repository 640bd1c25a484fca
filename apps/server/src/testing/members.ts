/** Members with roles of their own, for tests of what a role may see and do. */
import { roleGrants, type RoleRecord, type Team } from '@rapport/contracts'
import type { Caller, TestApp } from './app.ts'

export type RoleParts = Pick<RoleRecord, 'grants' | 'field_rules'>
let counter = 0

export async function aCustomRole(owner: Caller, parts: Partial<RoleParts>): Promise<RoleRecord> {
  counter += 1
  const { status, body, text } = await owner.call<RoleRecord>('POST', '/organizations/current/roles', {
    body: { name: `Role ${counter}`, from: 'viewer', grants: roleGrants.sales, field_rules: {}, ...parts },
  })
  if (status !== 201) throw new Error(`The role could not be made: ${text}`)
  return body
}

/** A further member of the organization, with a role like sales but for these parts. */
export async function joinWith(
  app: Pick<TestApp, 'join'>,
  owner: Caller,
  parts: Partial<RoleParts>,
): Promise<Caller & { role: RoleRecord }> {
  const role = await aCustomRole(owner, parts)
  return { ...(await app.join(owner, role.id)), role }
}

export async function changeRole(owner: Caller, id: string, parts: Partial<RoleParts>): Promise<void> {
  const { status, text } = await owner.call('PATCH', `/organizations/current/roles/${id}`, { body: parts })
  if (status !== 200) throw new Error(`The role could not be changed: ${text}`)
}

export async function aTeamOf(owner: Caller, members: readonly Caller[], manager?: Caller): Promise<Team> {
  counter += 1
  const { status, body, text } = await owner.call<Team>('POST', '/organizations/current/teams', {
    body: {
      name: `Team ${counter}`,
      manager_id: manager?.session.user.id ?? null,
      member_ids: members.map((member) => member.session.user.id),
    },
  })
  if (status !== 201) throw new Error(`The team could not be made: ${text}`)
  return body
}
