export { exportProblems } from './described-problems.ts'
export { exportPersonalData } from './personal-data.ts'
export { exportsModule } from './routes.ts'
