import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'

/** A group of members: whose records the scope `team` reaches. */
export const Team = z.object({
  id: Id,
  name: z.string(),
  /** Reaches the records of the members without having to be one of them. */
  manager_id: Id.nullable(),
  member_ids: z.array(Id),
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Team = z.infer<typeof Team>

const member_ids = z.array(Id).max(1000)

export const NewTeam = z.strictObject({
  name: line(80),
  manager_id: Id.nullish(),
  member_ids: member_ids.default([]),
})
export type NewTeam = z.output<typeof NewTeam>

export const TeamChange = z.strictObject({
  name: line(80).optional(),
  manager_id: Id.nullish(),
  member_ids: member_ids.optional().describe('All of them; whoever is left out leaves the team'),
  version: Version.optional(),
})
export type TeamChange = z.output<typeof TeamChange>

export const teams = {
  list: operation({
    method: 'GET',
    path: '/organizations/current/teams',
    summary: 'Teams with their members, by name',
    reply: z.object({ items: z.array(Team), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/organizations/current/teams',
    summary: 'Make a team',
    body: NewTeam,
    status: 201,
    reply: Team,
  }),
  get: operation({
    method: 'GET',
    path: '/organizations/current/teams/{id}',
    summary: 'One team',
    params: IdParams,
    reply: Team,
  }),
  update: operation({
    method: 'PATCH',
    path: '/organizations/current/teams/{id}',
    summary: 'Rename a team, change its manager or set its members; the version may also come as If-Match',
    params: IdParams,
    body: TeamChange,
    reply: Team,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/organizations/current/teams/{id}',
    summary: 'Delete a team; its members stay members of the organization',
    params: IdParams,
    status: 204,
  }),
}
