export { companies } from './definition.ts'
export { companyProblems } from './described-problems.ts'
export { domainsOf, findCompanyOfEmail } from './domains.ts'
export { companiesModule } from './routes.ts'
