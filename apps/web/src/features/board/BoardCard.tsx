import type { Stage } from '@rapport/contracts'
import { CalendarClock, Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { isEmptyValue, readCell } from '../../ui/table/cellValue.ts'
import { CellContent } from '../../ui/table/CellContent.tsx'
import { channelIcons } from '../follow-ups/channelIcons.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { ListedRecord } from '../records/stores.ts'
import { firstText, relatedText } from '../records/subtitles.ts'
import type { RecordColumn } from '../records/useRecordColumns.tsx'
import { ageField } from './useCardFields.ts'
import { daysRotting } from './rotting.ts'

type Props = {
  kind: RecordKind
  card: ListedRecord
  /** The fields that the view chose; the title is always told. */
  shown: readonly RecordColumn[]
  stage: Stage | undefined
  ownerName: string | null
}

/** What one wants to know of a card at a glance: who, where, worth, whose, how long it has been here, what comes next. */
export function BoardCard({ kind, card, shown, stage, ownerName }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const chosen = new Set(shown.map(({ id }) => id))
  // Fields that are hidden from one's role are not there at all.
  const value = chosen.has(kind.staged?.value ?? '') ? card[kind.staged?.value ?? ''] : undefined
  const company = chosen.has(kind.staged?.company ?? '')
    ? firstText(relatedText(card['company']), card['company_name'])
    : null
  const age = format.ago(String(card['stage_entered_at']))
  const days = daysRotting(card, stage)
  const others = shown.filter(
    (column) => !placed(kind).includes(column.id) && !isEmptyValue(readCell(column, card)),
  )
  return (
    <div className="flex flex-col gap-1.5">
      <div className="min-w-0">
        <p className="truncate text-13 font-medium">{String(card[kind.title])}</p>
        {company ? <p className="truncate text-12 text-muted">{company}</p> : null}
      </div>
      {others.length > 0 ? (
        <dl className="grid grid-cols-[auto_1fr] gap-x-2 gap-y-0.5 text-12">
          {others.map((column) => (
            <div key={column.id} className="contents">
              <dt className="max-w-24 truncate text-faint">{column.header}</dt>
              <dd className="flex min-w-0 items-center truncate text-muted">
                <CellContent column={column} row={card} format={format} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {days === null ? null : (
        <Badge tone="warn" className="self-start">
          <Hourglass className="size-3" strokeWidth={2} aria-hidden />
          {t('board.rotting', { count: days })}
        </Badge>
      )}
      <NextFollowUp planned={card['next_follow_up'] as Planned} />
      <div className="flex items-center gap-2 text-12 text-muted tabular-nums">
        {typeof value === 'number' ? (
          <span className="font-medium text-ink">{format.money(value, String(card['currency']))}</span>
        ) : null}
        {chosen.has('score') && typeof card['score'] === 'number' ? (
          <span aria-label={`${t('records.field.score')} ${card['score']}`}>★ {card['score']}</span>
        ) : null}
        {chosen.has(ageField) ? (
          <span className="ml-auto text-faint" title={t('board.age', { time: age })}>
            {age}
          </span>
        ) : null}
        {ownerName && chosen.has('owner_id') ? (
          <Avatar name={ownerName} size={20} className={chosen.has(ageField) ? '' : 'ml-auto'} />
        ) : null}
      </div>
    </div>
  )
}

/** Those that have a place of their own on the card. */
const placed = ({ title, staged }: RecordKind): string[] => [
  title,
  staged?.value ?? '',
  staged?.company ?? '',
  'stage_id',
  'score',
  'owner_id',
  ageField,
]

type Planned = { due_at: string; number: number; channel: keyof typeof channelIcons } | null | undefined

const isPast = (time: string): boolean => Date.parse(time) < Date.now()

/** What is planned next, and whether that is overdue. */
function NextFollowUp({ planned }: { planned: Planned }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!planned) return null
  const { due_at, number, channel } = planned
  const late = isPast(due_at)
  const Icon = channelIcons[channel] ?? CalendarClock
  return (
    <p
      className={cx('flex items-center gap-1 text-12', late ? 'font-medium text-danger-ink' : 'text-muted')}
      title={t('board.next_follow_up', { number, when: format.dateTime(due_at) })}
    >
      <Icon className="size-3.5 shrink-0" strokeWidth={1.75} aria-hidden />
      <span className="truncate">
        {t(late ? 'board.overdue' : 'board.due', { number, when: format.ago(due_at) })}
      </span>
    </p>
  )
}
