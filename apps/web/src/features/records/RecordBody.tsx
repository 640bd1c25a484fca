import { FilesSection } from '../attachments/FilesSection.tsx'
import { RecordConversation } from '../chat/RecordConversation.tsx'
import { LineItems } from '../deals/LineItems.tsx'
import { FollowUpSection } from '../follow-ups/FollowUpSection.tsx'
import { NotesSection } from '../notes/NotesSection.tsx'
import { ChecklistSection } from '../tasks/ChecklistSection.tsx'
import { LinksSection } from '../tasks/LinksSection.tsx'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'

/** What is kept in a record beyond its fields. */
export function RecordBody({ kind: { object }, record }: { kind: RecordKind; record: ListedRecord }) {
  return (
    <>
      {object === 'deal' ? <LineItems deal={record} /> : null}
      {object === 'task' ? (
        <>
          <ChecklistSection task={record} />
          <LinksSection task={record} />
        </>
      ) : null}
      {object === 'lead' || object === 'contact' || object === 'deal' ? (
        <FollowUpSection object={object} record={record} />
      ) : null}
      <FilesSection
        record={{ object, id: record.id }}
        readOnly={!record.can.update || record.deleted_at !== null}
      />
      <NotesSection
        record={{ object, id: record.id }}
        readOnly={!record.can.update || record.deleted_at !== null}
      />
      {record.deleted_at === null ? <RecordConversation record={{ object, id: record.id }} /> : null}
    </>
  )
}
