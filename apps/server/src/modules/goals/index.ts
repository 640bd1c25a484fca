export { goalProblems } from './described-problems.ts'
export { createGoal } from './service.ts'
export { goalsModule } from './routes.ts'
export { readWonGoals, type WonGoal } from './won-goals.ts'
