export { defineTasks } from './definition.ts'
export { taskProblems } from './described-problems.ts'
export { dropTaskLinks, taskLinkPersonalData, taskPersonalData } from './personal-data.ts'
export { tasksModule } from './routes.ts'
