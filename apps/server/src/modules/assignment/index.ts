export { forgetAbsences } from './absences.ts'
export { assignmentProblems } from './described-problems.ts'
export { assignmentModule } from './routes.ts'
