/** The tenants. SQL only. */
import { randomInt } from 'node:crypto'
import type { Organization } from '@rapport/contracts'
import { slugTaken } from './errors.ts'
import type { PlatformTx } from './sessions.ts'

const columns = ['id', 'name', 'slug', 'currency', 'country', 'created_at'] as const
const slugAttempts = 8

/** "Açaí & Filhos Ltda." → "acai-filhos-ltda" */
export function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
  return words || 'organization'
}

type NewOrganization = { id: string; name: string; currency?: string | undefined }

/** Makes the organization; its slug is the name's, with a number behind it when that is taken. */
export async function insertOrganization(
  tx: PlatformTx,
  organization: NewOrganization,
): Promise<Organization> {
  const base = slugOf(organization.name)
  for (let attempt = 0; attempt < slugAttempts; attempt += 1) {
    const slug = attempt === 0 ? base : `${base}-${randomInt(10 ** (attempt + 2))}`
    const row = await tx
      .insertInto('organizations')
      .values({ ...organization, slug })
      .onConflict((on) => on.column('slug').doNothing())
      .returning(columns)
      .executeTakeFirst()
    if (row) return row
  }
  throw new Error(`No free slug was found for "${base}".`)
}

export const getOrganization = (tx: PlatformTx, id: string): Promise<Organization> =>
  tx.selectFrom('organizations').select(columns).where('id', '=', id).executeTakeFirstOrThrow()

type OrganizationChange = {
  name?: string | undefined
  slug?: string | undefined
  currency?: string | undefined
  country?: string | null | undefined
}

export async function updateOrganization(
  tx: PlatformTx,
  id: string,
  change: OrganizationChange,
): Promise<Organization> {
  try {
    return await tx
      .updateTable('organizations')
      .set({ ...change, updated_at: new Date() })
      .where('id', '=', id)
      .returning(columns)
      .executeTakeFirstOrThrow()
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'organizations_slug_key') throw slugTaken()
    throw error
  }
}
