export const chatKeys = {
  all: ['chat'] as const,
  channels: ['chat', 'channels'] as const,
  browse: (q: string, archived: boolean) => ['chat', 'browse', q, archived] as const,
  onRecord: (object: string, id: string) => ['chat', 'on-record', object, id] as const,
  channel: (id: string) => ['chat', 'channel', id] as const,
  members: (id: string) => ['chat', 'members', id] as const,
  /** @param thread the message that a thread is about; null for what stands in the channel itself */
  messages: (id: string, thread: string | null) => ['chat', 'messages', id, thread] as const,
  message: (id: string) => ['chat', 'message', id] as const,
  versions: (id: string) => ['chat', 'versions', id] as const,
  pins: (id: string) => ['chat', 'pins', id] as const,
  files: (id: string) => ['chat', 'files', id] as const,
  reminders: ['chat', 'reminders'] as const,
  drafts: ['chat', 'drafts'] as const,
  search: (q: string, channel_id: string | null) => ['chat', 'search', q, channel_id] as const,
}
