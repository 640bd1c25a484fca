export { customFieldsModule } from './routes.ts'
export { customFieldProblems } from './described-problems.ts'
export { customValuePersonalData } from './personal-data.ts'
