export { leads, searchDocument, stagedLeads, type LeadRow } from './definition.ts'
export { leadPersonalData } from './personal-data.ts'
export { leadsModule } from './routes.ts'
export { leadProblems } from './described-problems.ts'
