export { findCompanyOfEmail } from './domains.ts'
export { companiesModule } from './routes.ts'
