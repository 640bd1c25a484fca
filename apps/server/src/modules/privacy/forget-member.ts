/**
 * What one organization remembers of somebody who deleted their account: what they did stays, the name, address
 * and device under which they did it go.
 */
import { sql } from 'kysely'
import { eraseFromAudit } from '../../platform/audit/index.ts'
import { auditPersonalData, eventPersonalData, type Person } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { forgetAbsences } from '../assignment/index.ts'
import { forgetWriter } from '../chat/index.ts'
import { forgetDashboard } from '../dashboards/index.ts'
import { invitationPersonalData } from '../members/index.ts'
import { forgetReader } from '../notifications/index.ts'
import { forgetDevices } from '../push/index.ts'
import { forgetStatus } from '../presence/index.ts'
import { forgetVisitor } from '../timelines/index.ts'
import { forgetPrivateViews } from '../views/index.ts'

const forgotten = 'Deleted user'

/** Where the name of whoever did something is kept beside what they did. */
const signatures = [
  { table: 'activities', id: 'actor_id', name: 'actor_name' },
  { table: 'events', id: 'actor_id', name: 'actor_name' },
  { table: 'consents', id: 'recorded_by', name: 'recorded_by_name' },
  { table: 'privacy_requests', id: 'requested_by', name: 'requested_by_name' },
  { table: 'data_transfers', id: 'actor_id', name: 'actor_name' },
] as const

/** What nobody else has seen goes. */
const onlyTheirs = [
  forgetReader,
  forgetStatus,
  forgetDevices,
  forgetWriter,
  forgetVisitor,
  forgetDashboard,
  forgetAbsences,
  forgetPrivateViews,
]

export async function forgetMember(ctx: Ctx, { id, email }: { id: string; email: string }): Promise<void> {
  const { tx, actor } = ctx
  const person: Person = { object: 'member', record_ids: [id], emails: [email], phones: [], names: [] }
  for (const signature of signatures)
    await sql`
      UPDATE ${sql.table(signature.table)} SET ${sql.ref(signature.name)} = ${forgotten}
      WHERE organization_id = ${actor.organization_id}::uuid AND ${sql.ref(signature.id)} = ${id}::uuid`.execute(
      tx,
    )
  for (const forget of onlyTheirs) await forget(ctx, id)
  for (const { erase } of [invitationPersonalData, eventPersonalData(() => []), auditPersonalData])
    await erase(ctx, person)
  await eraseFromAudit(ctx, [
    { actor_id: id },
    { object: 'user', record_ids: [id] },
    { object: 'session', record_ids: [id] },
  ])
}
