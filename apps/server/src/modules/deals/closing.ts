/** When a deal was won or lost, and why it was lost: both only as long as it is so. */
import { invalidField } from '../../platform/problems.ts'

export type Closing = { status: string; closed_at: string | null; lost_reason: string | null }

/** The stage has set the status already. A time that is given counts before that of the change. */
export function settleClosing(deal: Closing, before: Closing | null): Partial<Closing> {
  const closed_at = closedAt(deal, before)
  const found = before?.status === 'lost' && deal.status !== 'lost'
  return found ? { closed_at, lost_reason: null } : { closed_at }
}

function closedAt({ status, closed_at }: Closing, before: Closing | null): string | null {
  const given = closed_at !== (before?.closed_at ?? null)
  if (status === 'open') {
    if (given && closed_at !== null) throw notClosed()
    return null
  }
  if (before?.status === status) {
    if (closed_at === null) throw stillClosed()
    return closed_at
  }
  return (given ? closed_at : null) ?? new Date().toISOString()
}

const notClosed = () =>
  invalidField('closed_at', 'not_closed', 'can be given only for a deal that is won or lost')
const stillClosed = () =>
  invalidField('closed_at', 'still_closed', 'must have a value as long as the deal is won or lost')
