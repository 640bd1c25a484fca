import type { ChecklistItem, FieldDescription, LinkedRecord } from '@rapport/contracts'
import { Link } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import type { DataColumn } from '../../ui/table/types.ts'
import type { ListedRecord } from '../records/stores.ts'
import { ChecklistProgress } from './ChecklistProgress.tsx'
import { RecurrenceText } from './RecurrenceText.tsx'

type Look = Partial<DataColumn<ListedRecord>>

/** What has an editor of its own beside the fields shows in a table how it stands. */
export const looksByType: Partial<Record<FieldDescription['type'], Look>> = {
  checklist: {
    editable: false,
    value: (record) =>
      checklistOf(record)
        .map(({ text }) => text)
        .join(', '),
    render: (record) => <ChecklistProgress items={checklistOf(record)} />,
  },
  links: {
    editable: false,
    value: (record) =>
      linkedOf(record)
        .map(({ title }) => title)
        .join(', '),
    render: (record) => (
      <span className="flex min-w-0 gap-2">
        {linkedOf(record).map(({ object, id, title }) => (
          <Link
            key={id}
            to={recordPath(object, id)}
            tabIndex={-1}
            className="truncate underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {title}
          </Link>
        ))}
      </span>
    ),
  },
  recurrence: { render: (record) => <RecurrenceText rule={record['recurrence']} /> },
}

export const checklistOf = (record: ListedRecord): ChecklistItem[] =>
  (record['checklist'] as ChecklistItem[] | undefined) ?? []

export const linkedOf = (record: ListedRecord): LinkedRecord[] =>
  (record['linked'] as LinkedRecord[] | undefined) ?? []
