import type { BodyOf, NotificationSettings, notifications } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Alarms } from '../../platform/alarms.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { digesting } from './digest.ts'
import { readSettings } from './repository.ts'
import { nextDigest, presentSettings, type Choices, type SettingsRow } from './ways.ts'

export type SettingsChange = BodyOf<typeof notifications.updateSettings>

export async function changeSettings(
  ctx: Ctx,
  alarms: Pick<Alarms, 'set'>,
  change: SettingsChange,
): Promise<NotificationSettings> {
  const { tx, actor } = ctx
  const after = settled(await readSettings(ctx, actor.user_id), change)
  await sql`
    INSERT INTO notification_settings (organization_id, user_id, channels, sound, quiet_from, quiet_to, paused_until, digest, digest_at)
    VALUES (${actor.organization_id}::uuid, ${actor.user_id}::uuid, ${JSON.stringify(after.channels)}::jsonb, ${after.sound},
      ${after.quiet_from}, ${after.quiet_to}, ${after.paused_until}::timestamptz, ${after.digest}, ${after.digest_at})
    ON CONFLICT (organization_id, user_id) DO UPDATE SET channels = excluded.channels, sound = excluded.sound,
      quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, paused_until = excluded.paused_until,
      digest = excluded.digest, digest_at = excluded.digest_at`.execute(tx)
  const next = nextDigest(after, actor.time_zone, new Date())
  await moveDigest(ctx, next)
  if (next) await alarms.set(ctx, digesting, next.toISOString())
  if (change.paused_until !== undefined && actor.user_id !== null)
    ctx.emit({
      type: 'presence.changed',
      record: { object: 'presence', id: actor.user_id },
      unaudited: true,
    })
  return presentSettings(after)
}

function settled(before: SettingsRow, change: SettingsChange): SettingsRow {
  const { channels, quiet_hours, paused_until, ...plain } = change
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  return {
    ...before,
    ...given,
    channels: channels === undefined ? before.channels : joined(before.channels, channels),
    ...(quiet_hours === undefined
      ? {}
      : { quiet_from: quiet_hours?.from ?? null, quiet_to: quiet_hours?.to ?? null }),
    ...(paused_until === undefined ? {} : { paused_until }),
  }
}

function joined(before: Choices, given: NonNullable<SettingsChange['channels']>): Choices {
  const choices: Choices = { ...before }
  for (const [type, ways] of Object.entries(given) as [keyof Choices, Choices[keyof Choices]][])
    choices[type] = { ...choices[type], ...ways }
  return choices
}

/** What waits for the next digest goes with the next one by the new choice. */
async function moveDigest({ tx, actor }: Ctx, at: Date | null): Promise<void> {
  await sql`
    UPDATE notifications SET mail_due_at = ${at?.toISOString() ?? null}::timestamptz
    WHERE organization_id = ${actor.organization_id}::uuid AND user_id = ${actor.user_id}::uuid AND mail_due_at IS NOT NULL`.execute(
    tx,
  )
}
