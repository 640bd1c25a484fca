export { customFieldsModule } from './routes.ts'
export { customFieldProblems } from './described-problems.ts'
export { customValuePersonalData, forgetValuesOf } from './personal-data.ts'
export { forgetFieldsOf, relationsTo } from './repository.ts'
