import type { Stage } from '@rapport/contracts'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { useFormat } from '../../ui/format.ts'
import type { RecordKind } from '../records/kinds.ts'
import type { ListedRecord } from '../records/stores.ts'
import { firstText, relatedText } from '../records/subtitles.ts'
import { daysRotting } from './rotting.ts'

type Props = { kind: RecordKind; card: ListedRecord; stage: Stage | undefined; ownerName: string | null }

/** What one wants to know of a card at a glance: who, where, worth, whose, how long it has been here. */
export function BoardCard({ kind, card, stage, ownerName }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  // Fields that are hidden from one's role are not there at all.
  const value = card[kind.staged?.value ?? '']
  const company = firstText(relatedText(card['company']), card['company_name'])
  const close = card['expected_close']
  const age = format.ago(String(card['stage_entered_at']))
  const days = daysRotting(card, stage)
  return (
    <div className="flex flex-col gap-1.5">
      <div className="min-w-0">
        <p className="truncate text-13 font-medium">{String(card[kind.title])}</p>
        {company ? <p className="truncate text-12 text-muted">{company}</p> : null}
      </div>
      {days === null ? null : (
        <Badge tone="warn" className="self-start">
          <Hourglass className="size-3" strokeWidth={2} aria-hidden />
          {t('board.rotting', { count: days })}
        </Badge>
      )}
      <div className="flex items-center gap-2 text-12 text-muted tabular-nums">
        {typeof value === 'number' ? (
          <span className="font-medium text-ink">{format.money(value, String(card['currency']))}</span>
        ) : null}
        {typeof card['score'] === 'number' ? (
          <span aria-label={`${t('records.field.score')} ${card['score']}`}>★ {card['score']}</span>
        ) : null}
        {typeof close === 'string' ? (
          <span title={t('records.field.expected_close')}>{format.date(`${close}T00:00:00`)}</span>
        ) : null}
        <span className="ml-auto text-faint" title={t('board.age', { time: age })}>
          {age}
        </span>
        {ownerName ? <Avatar name={ownerName} size={20} /> : null}
      </div>
    </div>
  )
}
