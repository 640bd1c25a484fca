export { teamsModule } from './routes.ts'
export { joinTeams, leaveTeams } from './service.ts'
export { teamProblems } from './described-problems.ts'
