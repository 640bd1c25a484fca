export { importErrorPersonalData, importLinkPersonalData, importPersonalData } from './personal-data.ts'
export { importsModule } from './routes.ts'
export { importProblems } from './described-problems.ts'
