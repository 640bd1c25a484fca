import type { AuditEntry } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuditRow } from './AuditRow.tsx'

export type OnOnly = (field: 'record_id' | 'actor_id', value: string) => void
type AuditTableProps = { entries: readonly AuditEntry[]; onOnly: OnOnly }

const columns = ['occurred_at', 'actor_id', 'action', 'outcome', 'ip'] as const

/** One line an entry, opened in place; on a phone the columns beside "what" become its second line. */
export function AuditTable({ entries, onOnly }: AuditTableProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const toggle = (seq: number) =>
    setOpen((known) => {
      const next = new Set(known)
      if (!next.delete(seq)) next.add(seq)
      return next
    })
  return (
    <table className="w-full table-fixed border-collapse text-13 @max-3xl:block">
      <caption className="sr-only">{t('audit.title')}</caption>
      <colgroup className="hidden @3xl:table-column-group">
        <col className="w-52" />
        <col className="w-44" />
        <col />
        <col className="w-24" />
        <col className="w-36" />
      </colgroup>
      <thead className="sticky top-0 z-10 bg-base @max-3xl:sr-only">
        <tr>
          {columns.map((name) => (
            <th
              key={name}
              scope="col"
              className="h-8 border-b border-line px-2 text-left text-12 font-medium text-muted first:pl-4"
            >
              {t(`audit.column.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="@max-3xl:block">
        {entries.map((entry) => (
          <AuditRow
            key={entry.seq}
            entry={entry}
            open={open.has(entry.seq)}
            onToggle={() => toggle(entry.seq)}
            onOnly={onOnly}
          />
        ))}
      </tbody>
    </table>
  )
}
