import { RecordPage } from './RecordPage.tsx'
import { RecordsPage } from './RecordsPage.tsx'
import { taskKind } from './taskKind.ts'

export const TasksPage = () => <RecordsPage kind={taskKind} />
export const TaskPage = () => <RecordPage kind={taskKind} />
