import { companyKind } from './companyKind.ts'
import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'

export const CompaniesPage = () => <RecordsPage kind={companyKind} />
export const CompanyPage = () => <RecordPage kind={companyKind} />
