import { conflict, invalid, invalidField, notFound } from '../../platform/problems.ts'

export const teamNotFound = (id: string) => notFound('team', id)

export const nameTaken = () => invalidField('name', 'taken', 'is the name of another team')

export const tooManyTeams = (most: number) =>
  conflict('too_many_teams', `An organization can have ${most} teams.`)

export const notMembers = (paths: string[]) =>
  invalid(
    paths.map((path) => ({
      path,
      code: 'not_a_member',
      message: 'must be an active member of this organization',
    })),
  )

export const staleTeam = (current: unknown, conflicts: string[]) =>
  conflict('version_conflict', 'The team was changed by somebody else since you read it.', {
    current,
    conflicts,
  })
