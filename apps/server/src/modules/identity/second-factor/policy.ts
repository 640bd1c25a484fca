/** Whether an organization asks two-factor of all its members. */
import type { PlatformTx } from '../sessions.ts'

export async function requiresTwoFactor(tx: PlatformTx, organization_id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('organizations')
    .select('require_two_factor')
    .where('id', '=', organization_id)
    .executeTakeFirst()
  return row?.require_two_factor ?? false
}

export async function requireTwoFactor(
  tx: PlatformTx,
  organization_id: string,
  required: boolean,
): Promise<void> {
  await tx
    .updateTable('organizations')
    .set({ require_two_factor: required, updated_at: new Date() })
    .where('id', '=', organization_id)
    .execute()
}
