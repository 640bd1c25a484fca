import { dealKind } from './dealKind.ts'
import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'

export const DealsPage = () => <RecordsPage kind={dealKind} />
export const DealPage = () => <RecordPage kind={dealKind} />
