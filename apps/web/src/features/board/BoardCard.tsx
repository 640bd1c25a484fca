import type { Lead } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { useFormat } from '../../ui/format.ts'

/** What one wants to know of a lead at a glance: who, where, worth, whose, how long it has been here. */
export function BoardCard({ lead, ownerName }: { lead: Lead; ownerName: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  // Fields that are hidden from one's role are not there at all.
  const age = format.ago(lead.stage_entered_at)
  return (
    <div className="flex flex-col gap-1.5">
      <div className="min-w-0">
        <p className="truncate text-13 font-medium">{lead.full_name}</p>
        {lead.company_name ? <p className="truncate text-12 text-muted">{lead.company_name}</p> : null}
      </div>
      <div className="flex items-center gap-2 text-12 text-muted tabular-nums">
        {lead.estimated_value == null ? null : (
          <span className="font-medium text-ink">{format.money(lead.estimated_value, lead.currency)}</span>
        )}
        {lead.score == null ? null : (
          <span aria-label={`${t('records.field.score')} ${lead.score}`}>★ {lead.score}</span>
        )}
        <span className="ml-auto text-faint" title={t('board.age', { time: age })}>
          {age}
        </span>
        {ownerName ? <Avatar name={ownerName} size={20} /> : null}
      </div>
    </div>
  )
}
