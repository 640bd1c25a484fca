import { contactKind } from './contactKind.ts'
import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'

export const ContactsPage = () => <RecordsPage kind={contactKind} />
export const ContactPage = () => <RecordPage kind={contactKind} />
