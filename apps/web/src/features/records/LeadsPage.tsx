import { leadKind } from './leadKind.ts'
import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'

export const LeadsPage = () => <RecordsPage kind={leadKind} />
export const LeadPage = () => <RecordPage kind={leadKind} />
