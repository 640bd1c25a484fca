export { companies } from './definition.ts'
export { findCompanyOfEmail } from './domains.ts'
export { companiesModule } from './routes.ts'
