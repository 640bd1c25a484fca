/** Teams: who belongs to them decides how far the scope `team` of a permission reaches. */
import type { NewTeam, Team, TeamChange } from '@rapport/contracts'
import { newId } from '../../platform/ids.ts'
import { changedFields } from '../../platform/audit/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { nameTaken, notMembers, staleTeam, teamNotFound, tooManyTeams } from './problems.ts'
import {
  deleteTeamRow,
  findActiveMembers,
  findTeam,
  findTeamsOf,
  insertTeam,
  isNameTaken,
  listTeams,
  lockTeam,
  setTeamMembers,
  updateTeamRow,
} from './repository.ts'

const mostTeams = 500

export async function createTeam(ctx: Ctx, input: NewTeam): Promise<Team> {
  const { name, manager_id = null } = input
  await requireMembers(ctx, input)
  const member_ids = unique(input.member_ids)
  if ((await listTeams(ctx)).length >= mostTeams) throw tooManyTeams(mostTeams)
  const id = newId()
  if (!(await insertTeam(ctx, id, { name, manager_id }))) throw nameTaken()
  await setTeamMembers(ctx, id, member_ids)
  ctx.emit({
    type: 'team.created',
    record: { object: 'team', id, version: 1, name },
    data: { name },
    changes: { after: { name, manager_id, member_ids } },
  })
  return requireTeam(ctx, id)
}

export async function updateTeam(ctx: Ctx, id: string, { version, ...given }: TeamChange): Promise<Team> {
  const team = await lockTeam(ctx, id)
  if (!team) throw teamNotFound(id)
  const { member_ids, ...plain } = given
  const change = { ...plain, ...(member_ids ? { member_ids: unique(member_ids) } : {}) }
  const changes = changedFields(auditedOf(team), change)
  if (version !== undefined && version !== team.version)
    throw staleTeam(team, Object.keys(changes?.after ?? {}))
  if (!changes) return team
  await requireMembers(ctx, given)
  return writeTeam(ctx, team, change, changes)
}

type Change = { name?: string | undefined; manager_id?: string | null | undefined; member_ids?: string[] }

async function writeTeam(
  ctx: Ctx,
  team: Team,
  { member_ids, ...plain }: Change,
  changes: NonNullable<ReturnType<typeof changedFields>>,
): Promise<Team> {
  const { id } = team
  const { name = team.name, manager_id = team.manager_id } = plain
  if (name !== team.name && (await isNameTaken(ctx, name, id))) throw nameTaken()
  await updateTeamRow(ctx, id, { name, manager_id })
  if (member_ids) await setTeamMembers(ctx, id, member_ids)
  ctx.emit({
    type: 'team.updated',
    record: { object: 'team', id, version: team.version + 1, name },
    data: { name },
    changes,
  })
  return requireTeam(ctx, id)
}

export async function deleteTeam(ctx: Ctx, id: string): Promise<void> {
  const team = await lockTeam(ctx, id)
  if (!team) throw teamNotFound(id)
  await deleteTeamRow(ctx, id)
  ctx.emit({
    type: 'team.deleted',
    record: { object: 'team', id, version: team.version, name: team.name },
    data: { name: team.name },
    changes: { before: auditedOf(team) },
  })
}

/** Takes a member who is shut out from all teams, as member and as manager. */
export async function leaveTeams(ctx: Ctx, user_id: string): Promise<void> {
  for (const { id } of await findTeamsOf(ctx, user_id)) {
    const team = await lockTeam(ctx, id)
    if (!team) continue
    const change: Change = {
      member_ids: team.member_ids.filter((member) => member !== user_id),
      ...(team.manager_id === user_id ? { manager_id: null } : {}),
    }
    const changes = changedFields(auditedOf(team), change)
    if (changes) await writeTeam(ctx, team, change, changes)
  }
}

/** Adds a member to those of the teams that still exist, as an invitation promised. */
export async function joinTeams(ctx: Ctx, user_id: string, team_ids: readonly string[]): Promise<void> {
  for (const id of unique(team_ids).toSorted()) {
    const team = await lockTeam(ctx, id)
    if (!team || team.member_ids.includes(user_id)) continue
    const change = { member_ids: [...team.member_ids, user_id].toSorted() }
    const changes = changedFields(auditedOf(team), change)
    if (changes) await writeTeam(ctx, team, change, changes)
  }
}

export async function requireTeam(ctx: Ctx, id: string): Promise<Team> {
  const team = await findTeam(ctx, id)
  if (!team) throw teamNotFound(id)
  return team
}

async function requireMembers(
  ctx: Ctx,
  { manager_id, member_ids = [] }: Pick<TeamChange, 'manager_id' | 'member_ids'>,
): Promise<void> {
  const ids = unique([...member_ids, ...(manager_id ? [manager_id] : [])])
  if (ids.length === 0) return
  const active = await findActiveMembers(ctx, ids)
  const isStranger = (id: string) => !active.has(id.toLowerCase())
  const strangers = member_ids.flatMap((id, index) => (isStranger(id) ? [`member_ids.${index}`] : []))
  if (manager_id && isStranger(manager_id)) strangers.unshift('manager_id')
  if (strangers.length > 0) throw notMembers(strangers)
}

/** Ids in one order, so that the same members are the same list. */
const unique = (ids: readonly string[]): string[] =>
  [...new Set(ids.map((id) => id.toLowerCase()))].toSorted()

const auditedOf = ({ name, manager_id, member_ids }: Team) => ({ name, manager_id, member_ids })
