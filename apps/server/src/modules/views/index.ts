export { viewProblems } from './described-problems.ts'
export { viewPersonalData } from './personal-data.ts'
export { viewsModule } from './routes.ts'
export { forgetViewsOf } from './repository.ts'
