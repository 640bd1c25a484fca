export { conversionPersonalData } from './personal-data.ts'
export { conversionModule } from './routes.ts'
export { undoConversion } from './undo.ts'
export { conversionProblems } from './described-problems.ts'
