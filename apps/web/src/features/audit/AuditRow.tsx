import type { AuditEntry } from '@rapport/contracts'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import type { OnOnly } from './AuditTable.tsx'
import { EntryDetails } from './EntryDetails.tsx'
import { useAuditWords } from './useAuditWords.ts'
import { Who } from './Who.tsx'

type AuditRowProps = { entry: AuditEntry; open: boolean; onToggle: () => void; onOnly: OnOnly }

const CELL = 'h-9 px-2 align-middle @max-3xl:hidden'

export function AuditRow({ entry, open, onToggle, onOnly }: AuditRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { actionOf, manyOf } = useAuditWords()
  const { seq, occurred_at, action, record_name, outcome, ip } = entry
  const about = [record_name, manyOf(entry)].filter(Boolean).join(' · ')
  const details = `audit-entry-${seq}`
  const time = (
    <time dateTime={occurred_at} title={format.dateTime(occurred_at)} className="tabular-nums">
      {format.dateTime(occurred_at)}
    </time>
  )
  return (
    <>
      {/* The button in it is what the keyboard and screen readers use; a click anywhere does the same. */}
      <tr
        onClick={onToggle}
        className={cx(
          'cursor-pointer border-b @max-3xl:block border-line hover:bg-hover',
          open && 'border-transparent bg-hover',
        )}
      >
        <td className={cx(CELL, 'pl-4 text-muted')}>{time}</td>
        <td className={CELL}>
          <Who actor={entry.actor} />
        </td>
        <td className="px-2 @max-3xl:block @max-3xl:px-4 @max-3xl:py-2">
          <div className="flex min-w-0 items-center gap-1.5">
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? details : undefined}
              aria-label={t(open ? 'audit.entry.hide' : 'audit.entry.show', { seq })}
              onClick={(event) => {
                event.stopPropagation()
                onToggle()
              }}
              className="flex size-6 shrink-0 items-center justify-center rounded-base text-faint hover:text-ink @max-3xl:order-last @max-3xl:ml-auto @max-3xl:size-8"
            >
              <ChevronRight className={cx('size-4 transition-transform', open && 'rotate-90')} aria-hidden />
            </button>
            <div className="min-w-0 flex-1">
              <p className="truncate">
                {actionOf(action)}
                {about ? <span className="text-muted"> · {about}</span> : null}
              </p>
              <p className="flex items-center gap-1.5 truncate text-12 text-muted @3xl:hidden">
                <Who actor={entry.actor} /> · {time}
              </p>
            </div>
            {outcome === 'refused' ? (
              <span className="@3xl:hidden">
                <Outcome outcome={outcome} />
              </span>
            ) : null}
          </div>
        </td>
        <td className={CELL}>
          <Outcome outcome={outcome} />
        </td>
        <td className={cx(CELL, 'truncate pr-4 text-muted tabular-nums')}>{ip ?? ''}</td>
      </tr>
      {open ? (
        <tr id={details} className="border-b border-line bg-sunken @max-3xl:block">
          <td colSpan={5} className="p-0 @max-3xl:block">
            <EntryDetails entry={entry} onOnly={onOnly} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Outcome({ outcome }: Pick<AuditEntry, 'outcome'>) {
  const { t } = useTranslation()
  if (outcome === 'success') return <span className="text-muted">{t('audit.outcome.success')}</span>
  return <Badge tone="danger">{t('audit.outcome.refused')}</Badge>
}
