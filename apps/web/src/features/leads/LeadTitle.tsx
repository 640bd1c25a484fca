import type { Lead } from '@rapport/contracts'
import { RecordTitle } from '../records/RecordTitle.tsx'
import { useChangeLead } from './useChangeLead.ts'
import { subtitleOf } from './words.ts'

export function LeadTitle({ lead }: { lead: Lead }) {
  const change = useChangeLead()
  return (
    <RecordTitle
      object="lead"
      record={lead}
      field="full_name"
      name={lead.full_name}
      subtitle={subtitleOf(lead)}
      change={change}
    />
  )
}
