/** By which ways a notification comes to somebody, by what they chose and by their clock. */
import {
  describeNotification,
  notificationChannels,
  notificationTypes,
  type NotificationChannel,
  type NotificationSettings,
  type NotificationType,
} from '@rapport/contracts'
import { addDays, dayOf, instantAt, minutesOf } from '../../platform/lists/index.ts'

export type Choices = Partial<Record<NotificationType, Partial<Record<NotificationChannel, boolean>>>>
export type SettingsRow = {
  channels: Choices
  sound: boolean
  quiet_from: string | null
  quiet_to: string | null
  paused_until: string | null
  digest: NotificationSettings['digest']
  digest_at: string
}

export const asItComes: SettingsRow = {
  channels: {},
  sound: false,
  quiet_from: null,
  quiet_to: null,
  paused_until: null,
  digest: 'daily',
  digest_at: '08:00',
}

export const comesBy = (
  { channels }: Pick<SettingsRow, 'channels'>,
  type: NotificationType,
  way: NotificationChannel,
) => channels[type]?.[way] ?? describeNotification(type).by.includes(way)

export function presentSettings(row: SettingsRow): NotificationSettings {
  const { sound, quiet_from, quiet_to, paused_until, digest, digest_at } = row
  const waysOf = (type: NotificationType) =>
    Object.fromEntries(notificationChannels.map((way) => [way, comesBy(row, type, way)]))
  return {
    channels: Object.fromEntries(
      notificationTypes.map((type) => [type, waysOf(type)]),
    ) as NotificationSettings['channels'],
    sound,
    quiet_hours: quiet_from === null || quiet_to === null ? null : { from: quiet_from, to: quiet_to },
    paused_until: paused_until !== null && Date.parse(paused_until) > Date.now() ? paused_until : null,
    digest,
    digest_at,
  }
}

const minutesIn = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Quiet hours may go past midnight. */
export function isQuiet(row: SettingsRow, time_zone: string, now: Date): boolean {
  if (row.paused_until !== null && Date.parse(row.paused_until) > now.getTime()) return true
  if (row.quiet_from === null || row.quiet_to === null) return false
  const [from, to, at] = [minutesIn(row.quiet_from), minutesIn(row.quiet_to), minutesOf(now, time_zone)]
  return from <= to ? at >= from && at < to : at >= from || at < to
}

/** When the next digest goes out; null where none does. */
export function nextDigest({ digest, digest_at }: SettingsRow, time_zone: string, now: Date): Date | null {
  if (digest === 'off') return null
  if (digest === 'hourly') return new Date(Math.floor(now.getTime() / 3_600_000 + 1) * 3_600_000)
  const today = dayOf(now, time_zone)
  const at = (day: typeof today) => instantAt(day, minutesIn(digest_at), time_zone)
  return at(today) > now ? at(today) : at(addDays(today, 1))
}

export type Ways = {
  in_app: boolean
  toast: boolean
  sound: boolean
  mail_due_at: Date | null
  push_due_at: Date | null
}

export function waysOf(
  row: SettingsRow,
  { type, time_zone, now }: { type: NotificationType; time_zone: string; now: Date },
): Ways {
  const loud = describeNotification(type).urgent === true || !isQuiet(row, time_zone, now)
  const by = (way: NotificationChannel) => comesBy(row, type, way)
  const toast = loud && by('toast')
  return {
    in_app: by('app'),
    toast,
    sound: toast && row.sound,
    mail_due_at: by('email') ? nextDigest(row, time_zone, now) : null,
    push_due_at: loud && by('push') ? now : null,
  }
}
