/** The codes of the chat. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    chat: typeof chatProblems
  }
}

export const chatProblems = {
  403: {
    not_your_message: [
      'Somebody else wrote the message, and the caller may not tidy up in its channel.',
      'Ask its author, or whoever manages the chat.',
    ],
    not_in_channel: [
      'The caller may read the channel, but is not in it, or may not do this there.',
      'Join it with POST /api/chat/channels/{id}/join, or ask whoever manages the chat.',
    ],
  },
  404: {
    channel_not_found: [
      'There is no such channel in this organization, or the caller may not read it.',
      'Look for it with GET /api/chat/channels.',
    ],
    message_not_found: [
      'There is no such message in this organization, or the caller may not read its channel.',
      'Look for it with GET /api/chat/search.',
    ],
    reminder_not_found: ['The caller has no such reminder.', 'Take the id from GET /api/chat/reminders.'],
  },
  409: {
    channel_archived: ['The channel is archived.', 'Take it out of the archive first.'],
    fixed_members: [
      'Who is in a direct channel, or in the conversation on a record, cannot be changed.',
      'Open a channel with those people, or change who may read the record.',
    ],
    client_id_used: [
      'The caller has sent another message with this client_id, in another channel.',
      'Make a new client_id for each message.',
    ],
    message_deleted: ['The message is deleted.', 'Nothing can be done with it any more.'],
    too_many_channels: ['The organization has as many channels as it can have.', 'Archive or delete some.'],
    too_many_members: ['The channel has as many members as it can have.', 'Open another one.'],
    too_many_reminders: ['The caller waits for as many reminders as they can.', 'Remove one first.'],
    too_many_reactions: ['The message has as many different reactions as it can have.', 'Use one of them.'],
    too_many_pins: ['The channel has as many pins as it can have.', 'Take one off first.'],
  },
  429: {
    too_many_messages: [
      'The member has sent many messages in a few seconds.',
      'Wait as long as Retry-After says.',
    ],
  },
} as const satisfies ProblemDescriptions
