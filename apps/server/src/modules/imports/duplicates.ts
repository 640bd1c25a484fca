/** Which rows mean a lead that is already there: the same external id, or without one the same e-mail. */
import type { NewLead } from '@rapport/contracts'
import type { Ctx } from '../../platform/tenancy.ts'

/** What a lead is recognised by, or null when it has neither. The prefix keeps ids and e-mails apart. */
export function identityOf(lead: Pick<NewLead, 'external_id' | 'email'>): string | null {
  if (lead.external_id) return `id ${lead.external_id}`
  return lead.email ? `email ${lead.email}` : null
}

const searched = [
  'id',
  'version',
  'owner_id',
  'full_name',
  'company_name',
  'email',
  'phone',
  'mobile',
  'website',
  'industry',
  'country',
  'state',
  'city',
  'time_zone',
  'source',
  'external_id',
  'score',
  'probability',
  'estimated_value',
  'currency',
  'status',
  'custom',
] as const

export type KnownLead = Awaited<ReturnType<typeof selectKnown>>[number]

/** The live leads of the organization that the given ones mean, by identity; of several, the oldest. */
export async function findKnown(ctx: Ctx, leads: readonly NewLead[]): Promise<Map<string, KnownLead>> {
  const ids = [...new Set(leads.flatMap((lead) => lead.external_id ?? []))]
  const emails = [...new Set(leads.flatMap((lead) => (lead.external_id ? [] : (lead.email ?? []))))]
  const [byId, byEmail] = await Promise.all([
    ids.length > 0 ? selectKnown(ctx, 'external_id', ids) : [],
    emails.length > 0 ? selectKnown(ctx, 'email', emails) : [],
  ])
  return new Map([
    ...byId.map((lead) => [`id ${lead.external_id}`, lead] as const),
    ...byEmail.map((lead) => [`email ${lead.email}`, lead] as const),
  ])
}

function selectKnown({ tx, actor }: Ctx, column: 'external_id' | 'email', values: string[]) {
  return tx
    .selectFrom('leads')
    .select(searched)
    .where('organization_id', '=', actor.organization_id)
    .where('deleted_at', 'is', null)
    .where(column, 'is not', null)
    .where((eb) => eb(column, '=', eb.fn.any(eb.val(values))))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}
