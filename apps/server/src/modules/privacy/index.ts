export { forgetMember } from './forget-member.ts'
export { privacyModule } from './routes.ts'
export { privacyProblems } from './described-problems.ts'
