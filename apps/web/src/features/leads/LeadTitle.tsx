import type { Lead } from '@rapport/contracts'
import { Mail, Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { Input } from '../../ui/Input.tsx'
import { useChangeLead } from './useChangeLead.ts'
import { subtitleOf } from './words.ts'

/** Name, edited in its place, with the two things one does most: call and write. */
export function LeadTitle({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const phone = lead.phone ?? lead.mobile
  return (
    <div className="flex items-start gap-3">
      <Avatar name={lead.full_name} size={40} decorative />
      <div className="min-w-0 flex-1">
        <LeadName lead={lead} />
        <p className="truncate text-13 text-muted">{subtitleOf(lead)}</p>
      </div>
      <div className="flex gap-1">
        {phone ? (
          <a
            className={buttonClass('secondary', 'small')}
            href={`tel:${phone}`}
            aria-label={t('leads.action.call')}
          >
            <Phone className="size-4" strokeWidth={1.75} aria-hidden />
          </a>
        ) : null}
        {lead.email ? (
          <a
            className={buttonClass('secondary', 'small')}
            href={`mailto:${lead.email}`}
            aria-label={t('leads.action.email')}
          >
            <Mail className="size-4" strokeWidth={1.75} aria-hidden />
          </a>
        ) : null}
      </div>
    </div>
  )
}

function LeadName({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const change = useChangeLead()
  const [draft, setDraft] = useState<string | null>(null)
  const { edits } = useFieldAccess('lead')
  const readOnly = !lead.can.update || !edits('full_name') || lead.deleted_at !== null
  const save = (text: string) => {
    setDraft(null)
    const name = text.trim()
    if (name !== '' && name !== lead.full_name)
      void change(lead, 'full_name', name).catch(() => setDraft(text))
  }
  if (draft === null)
    return (
      <button
        type="button"
        disabled={readOnly}
        onClick={() => setDraft(lead.full_name)}
        className="-mx-1 max-w-full truncate rounded-small px-1 text-left text-20 font-semibold not-disabled:hover:bg-hover"
      >
        {lead.full_name}
      </button>
    )
  return (
    <Input
      autoFocus
      aria-label={t('leads.field.full_name')}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => save(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save(draft)
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setDraft(null)
      }}
    />
  )
}
