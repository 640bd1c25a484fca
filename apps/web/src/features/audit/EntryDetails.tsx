import type { AuditEntry } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import type { OnOnly } from './AuditTable.tsx'
import { useAuditWords, type ToldChange } from './useAuditWords.ts'
import { Who } from './Who.tsx'

type EntryDetailsProps = { entry: AuditEntry; onOnly: OnOnly }

/** The values before and after side by side, and everything else that the entry knows. */
export function EntryDetails({ entry, onOnly }: EntryDetailsProps) {
  const { t } = useTranslation()
  const { changesOf } = useAuditWords()
  const changes = changesOf(entry)
  const { object, record_id, record_name, actor } = entry
  return (
    <div className="flex flex-col gap-4 px-4 py-3 @4xl:flex-row @4xl:items-start @4xl:gap-8">
      <section aria-label={t('audit.entry.changes')} className="min-w-0 flex-1">
        {entry.erased ? <p className="text-muted">{t('audit.entry.erased')}</p> : null}
        {!entry.erased && changes.length === 0 ? (
          <p className="text-muted">{t('audit.entry.no_values')}</p>
        ) : null}
        {changes.length > 0 ? <Changes changes={changes} /> : null}
      </section>
      <section aria-label={t('audit.entry.about')} className="flex w-full shrink-0 flex-col gap-2 @4xl:w-80">
        <Facts entry={entry} />
        <div className="flex flex-wrap gap-2">
          {record_id && object !== 'session' ? (
            <Button size="small" onClick={() => onOnly('record_id', record_id)}>
              {t('audit.entry.only_record')}
            </Button>
          ) : null}
          {actor.id ? (
            <Button size="small" onClick={() => onOnly('actor_id', actor.id as string)}>
              {t('audit.entry.only_person')}
            </Button>
          ) : null}
          {record_id && record_name && object === 'lead' ? (
            <Link
              to={paths.lead(record_id)}
              className="self-center text-12 font-medium text-accent-ink underline"
            >
              {record_name}
            </Link>
          ) : null}
        </div>
      </section>
    </div>
  )
}

function Changes({ changes }: { changes: readonly ToldChange[] }) {
  const { t } = useTranslation()
  return (
    <table className="w-full table-fixed text-12">
      <thead>
        <tr className="text-left text-muted">
          {(['field', 'before', 'after'] as const).map((name) => (
            <th key={name} scope="col" className="py-1 pr-3 font-medium first:w-1/4">
              {t(`audit.entry.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, label, before, after }) => (
          <tr key={field} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-3 text-left font-medium break-words">
              {label}
            </th>
            <Value text={before} />
            <Value text={after} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** From how many characters on only the beginning of a value is shown, as of the ids of many records. */
const LONG = 1_000
const BEGINNING = 200

function Value({ text }: { text: string | null }) {
  const { t } = useTranslation()
  if (text === null)
    return (
      <td className="py-1.5 pr-3 text-faint">
        <span aria-hidden>—</span>
        <span className="sr-only">{t('audit.entry.nothing')}</span>
      </td>
    )
  return (
    <td className="py-1.5 pr-3 break-words whitespace-pre-wrap">
      {text.length > LONG ? (
        <details>
          <summary className="cursor-pointer">{text.slice(0, BEGINNING)}…</summary>
          {text.slice(BEGINNING)}
        </details>
      ) : (
        text
      )}
    </td>
  )
}

function Facts({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { objectOf } = useAuditWords()
  const facts: [string, ReactNode][] = [
    [t('audit.column.actor_id'), <Who key="who" actor={entry.actor} />],
    [t('audit.filter.actor_kind'), t(`audit.kind.${entry.actor.kind}`)],
    [
      t('audit.entry.exact_time'),
      `${format.date(entry.occurred_at)} ${exactTime(format.locale, entry.occurred_at)}`,
    ],
    [t('audit.filter.object'), objectOf(entry.object)],
    [t('audit.entry.category'), t(`audit.category.${entry.category}`)],
    [t('audit.entry.ip'), entry.ip ?? t('audit.entry.unknown_place')],
    [t('audit.entry.user_agent'), entry.user_agent],
    [t('audit.entry.request_id'), entry.request_id],
    [t('audit.entry.record_id'), entry.record_id],
    [t('audit.entry.seq'), format.number(entry.seq)],
    [t('audit.entry.hash'), <code key="hash">{entry.hash}</code>],
  ]
  return (
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1 text-12">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

const exactTime = (locale: string, time: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(time))
