/** Which company an e-mail address belongs to, by its domain. */
import providers from 'email-providers/all.json' with { type: 'json' }
import { sql } from 'kysely'
import { visibleClause } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { companies } from './definition.ts'

/** Domains whose addresses anybody can have: they tell nothing of an employer. */
const freeMail: ReadonlySet<string> = new Set(providers)

/** `ana@mail.acme.com` may belong to mail.acme.com or to acme.com; none when anybody can have the address. */
export function domainsOf(email: string): string[] {
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.')
  const domains = labels.slice(0, -1).map((_, start) => labels.slice(start).join('.'))
  return domains.some((domain) => freeMail.has(domain)) ? [] : domains
}

/** The company of the most exact domain among those that the actor may read; of several, the oldest. */
export async function findCompanyOfEmail(
  { tx, actor }: Pick<Ctx, 'tx' | 'actor'>,
  email: string,
): Promise<string | null> {
  const domains = domainsOf(email)
  if (domains.length === 0) return null
  const { rows } = await sql<{ id: string }>`
    SELECT r.id FROM companies r
    WHERE r.organization_id = ${actor.organization_id}::uuid AND r.deleted_at IS NULL AND r.domain = ANY(${domains}::text[])
      ${visibleClause(companies.records, actor)}
    ORDER BY length(r.domain) DESC, r.id LIMIT 1`.execute(tx)
  return rows[0]?.id ?? null
}
