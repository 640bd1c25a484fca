export { companyProblems } from './described-problems.ts'
export { findCompanyOfEmail } from './domains.ts'
export { companiesModule } from './routes.ts'
