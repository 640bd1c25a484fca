/** What an event is news of, and to whom: by its type and its data alone, without looking anything up. */
import type { ChatMessageEvent, EventType, NotificationType, RapportEvent } from '@rapport/contracts'

/** Told to members by name, to whoever a thing belongs to, to all who follow it, or to those who lead the organization. */
export type Audience =
  | { kind: 'members'; ids: readonly string[] }
  | { kind: 'owner' }
  | { kind: 'followers' }
  | { kind: 'leaders' }
  /** Who is in a channel and has not silenced it; of a direct one alone, or of any. */
  | { kind: 'channel'; direct: boolean }

export type Fact = {
  event_id: string
  /** The event's number. */
  seq: number
  type: NotificationType
  object: string
  record_id: string | null
  actor_id: string | null
  audience: Audience
  data: Record<string, unknown>
  /** What one has set going oneself: its outcome is news to oneself, too. */
  tells_actor?: true
}

const recordFamilies = ['lead', 'contact', 'company', 'deal', 'record', 'task'] as const

const isOfRecord = (type: EventType, verb: 'created' | 'updated') =>
  recordFamilies.some((family) => type === `${family}.${verb}`)

/** Whatever is not here is news to nobody. */
export const newsworthy: readonly EventType[] = [
  ...recordFamilies.flatMap((family): EventType[] => [`${family}.created`, `${family}.updated`]),
  'lead.stage_changed',
  'deal.stage_changed',
  'note.created',
  'note.mentioned',
  'follow_up.created',
  'follow_up.due',
  'task.due',
  'import.progressed',
  'job.progressed',
  'member.joined',
  'account.noticed',
  'chat.message_created',
  'chat.message_updated',
  'chat.reminder_due',
  'chat.read',
]

type Changes = Record<string, [unknown, unknown]>
const changesOf = ({ data }: RapportEvent) => (data['changes'] ?? {}) as Changes
const ended = (event: RapportEvent) => ['completed', 'failed'].includes(String(event.data['state']))

/** Most events are news to nobody: those cost no more than being looked at here. */
export function factsOf(event: RapportEvent): Fact[] {
  if (event.type.startsWith('chat.message_')) return messageFacts(event)
  const fact = factOf(event)
  return fact ? [fact] : []
}

function factOf(event: RapportEvent): Fact | null {
  const { id: event_id, seq, type, actor, record, data } = event
  const fact = { event_id, seq, object: record.object, record_id: record.id, actor_id: actor.id, data: {} }
  const toOne = (id: unknown): Audience => ({ kind: 'members', ids: typeof id === 'string' ? [id] : [] })
  if (isOfRecord(type, 'created'))
    return { ...fact, type: assigned(record.object), audience: toOne(data['owner_id']) }
  if (isOfRecord(type, 'updated')) {
    const [, owner] = changesOf(event)['owner_id'] ?? []
    return typeof owner === 'string'
      ? { ...fact, type: assigned(record.object), audience: toOne(owner) }
      : null
  }
  if (type.endsWith('.stage_changed')) return stageFact(event, fact)
  if (type === 'note.mentioned') {
    const about = data['record'] as { object: string; id: string }
    return {
      ...fact,
      type: 'mentioned_in_note',
      object: about.object,
      record_id: about.id,
      actor_id: (data['by_id'] as string | null) ?? null,
      audience: toOne(data['member_id']),
      data: { note_id: record.id },
    }
  }
  if (type === 'follow_up.due') {
    const { follow_up_id, number, channel, due_at, assignee_id } = data
    const told = { follow_up_id, number, channel, due_at }
    return { ...fact, type: 'follow_up_due', actor_id: null, audience: toOne(assignee_id), data: told }
  }
  if (type === 'task.due') {
    const { due_at, assignee_id } = data
    return { ...fact, type: 'task_due', actor_id: null, audience: toOne(assignee_id), data: { due_at } }
  }
  if (type === 'account.noticed') return accountFact(event, fact)
  if (type === 'chat.reminder_due') {
    const { channel_id, message_id, member_id } = data
    const about = { object: 'chat_channel', record_id: String(channel_id), actor_id: null }
    return { ...fact, ...about, type: 'chat_reminder', audience: toOne(member_id), data: { message_id } }
  }
  if (type === 'member.joined') return { ...fact, type: 'member_joined', audience: { kind: 'leaders' } }
  return ended(event) ? resultFact(event, fact) : null
}

const assigned = (object: string): NotificationType =>
  object === 'task' ? 'task_assigned' : 'record_assigned'

type Begun = Omit<Fact, 'type' | 'audience'>

/** Of one's account one is told oneself; of a key to the organization, those who lead it. */
function accountFact({ record, data }: RapportEvent, fact: Begun): Fact {
  const told = { ...fact, type: 'account_secured' as const, data: { what: data['what'] } }
  return record.object === 'account'
    ? { ...told, audience: { kind: 'members', ids: [record.id] }, tells_actor: true }
    : { ...told, audience: { kind: 'leaders' } }
}

/** Who is named, in words or as one of all; in a direct conversation, everybody. The others see what they have not read. */
function messageFacts({ id: event_id, seq: number, type, actor, data }: RapportEvent): Fact[] {
  const { channel_id, message_id, seq, direct, mentioned, everyone } = data as ChatMessageEvent
  const fact = {
    event_id,
    seq: number,
    object: 'chat_channel',
    record_id: channel_id,
    actor_id: actor.id,
    data: { message_id, seq },
  }
  const mention = { ...fact, type: 'mentioned_in_chat' as const }
  const isNew = type === 'chat.message_created'
  return [
    ...(mentioned.length > 0 ? [{ ...mention, audience: { kind: 'members' as const, ids: mentioned } }] : []),
    ...(isNew && everyone === 'channel'
      ? [{ ...mention, audience: { kind: 'channel' as const, direct: false } }]
      : []),
    // Most messages are news to nobody: that costs no look into their channel.
    ...(isNew && direct !== false
      ? [{ ...fact, type: 'chat_message' as const, audience: { kind: 'channel' as const, direct: true } }]
      : []),
  ]
}

/** A card that only changes its place in a column is no news. */
function stageFact(event: RapportEvent, fact: Begun): Fact | null {
  const { stage_id, status } = changesOf(event)
  if (!stage_id) return null
  const types: Record<string, NotificationType> = { won: 'record_won', lost: 'record_lost' }
  const type = types[String(status?.[1])] ?? 'stage_changed'
  return { ...fact, type, audience: { kind: 'followers' }, data: { stage_id: stage_id[1] } }
}

const results: Record<string, NotificationType> = { scan: 'scan_ended', export: 'export_ended' }
const changes: readonly unknown[] = ['bulk', 'undo']

/** How what takes its time came out. Of changes of many records at once, only that they did not get through. */
function resultFact({ type, data }: RapportEvent, fact: Begun): Fact | null {
  const isLostChange = data['state'] === 'failed' && changes.includes(data['kind'])
  const ofJob = isLostChange ? 'change_failed' : results[String(data['kind'])]
  const told = type === 'import.progressed' ? 'import_ended' : ofJob
  if (!told) return null
  const { state, object, created, updated, skipped, failed, total } = data
  return {
    ...fact,
    type: told,
    actor_id: null,
    audience: { kind: 'owner' },
    data: { state, object, created, updated, skipped, failed, total },
    tells_actor: true,
  }
}
