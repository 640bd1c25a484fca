/** Answers a quote. It is read in a transaction and printed after it: that takes as long as it takes. */
import type { deals as dealOperations, QueryOf } from '@rapport/contracts'
import type { ActorContext } from '../../../platform/http/route.ts'
import { readQuote } from './content.ts'
import type { Issue } from './layout.ts'
import { printQuote } from './print.ts'

type Asked = QueryOf<typeof dealOperations.quote>
const valid_days = 30

export async function sendQuote(
  { actor, inTenant, reply }: ActorContext,
  id: string,
  { language, valid_until }: Asked,
): Promise<void> {
  const content = await inTenant(actor, (ctx) => readQuote(ctx, id))
  const date = dayIn(actor.time_zone)
  const number = quoteNumber(content.deal, date)
  const issue: Issue = { number, date, valid_until: valid_until ?? daysAfter(date, valid_days), language }
  const file = await printQuote(content, issue)
  void reply
    .header('content-type', 'application/pdf')
    .header('content-disposition', `inline; filename="${number}.pdf"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
  await reply.send(file)
}

/** Today, as 2026-01-31, where the caller is. */
const dayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date())

function daysAfter(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

/** The same for the same version of a deal: whoever has a printed quote finds what it offered in the timeline. */
function quoteNumber({ id, version }: { id: string; version: number }, date: string): string {
  return `Q-${date.slice(0, 4)}-${id.slice(-6).toUpperCase()}-${version}`
}
