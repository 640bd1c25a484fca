/** The codes of teams. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    teams: typeof teamProblems
  }
}

export const teamProblems = {
  404: {
    team_not_found: ['There is no such team in this organization.', 'Take the id from the list of teams.'],
  },
  409: {
    too_many_teams: ['The organization has as many teams as it can have.', 'Delete a team first.'],
  },
} as const satisfies ProblemDescriptions
