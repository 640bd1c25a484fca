/** What the sample organization talks about: `{deal}` names a record, `@marina` a member. */
export type SampleMember = 'dana' | 'marina' | 'tomas' | 'grace'

export type SampleMessage = {
  by: SampleMember
  text: string
  /** Hours ago. */
  ago: number
  answers?: readonly Omit<SampleMessage, 'answers'>[]
  reactions?: readonly { emoji: string; by: SampleMember }[]
  pinned?: true
}

export type SampleConversation = {
  kind: 'public' | 'direct'
  name?: string
  topic?: string
  members: readonly SampleMember[]
  messages: readonly SampleMessage[]
  /** How many of the last messages the founder has not read yet. */
  unread: number
}

export const sampleConversations: readonly SampleConversation[] = [
  {
    kind: 'public',
    name: 'general',
    topic: 'What concerns all of us',
    members: ['dana', 'marina', 'tomas', 'grace'],
    unread: 0,
    messages: [
      {
        by: 'dana',
        ago: 74,
        text: 'From this week on we talk here instead of by mail. What is about one record goes to the conversation on that record.',
        reactions: [
          { emoji: '👍', by: 'tomas' },
          { emoji: '👍', by: 'grace' },
        ],
      },
      { by: 'marina', ago: 73, text: 'Wonderful. My inbox says thank you.' },
      {
        by: 'grace',
        ago: 51,
        text: 'The books of last month are closed. Please send me open expenses until Thursday.',
      },
      {
        by: 'tomas',
        ago: 27,
        text: 'I am at the trade fair until noon tomorrow. Call me if something cannot wait.',
      },
    ],
  },
  {
    kind: 'public',
    name: 'sales',
    topic: 'The deals of the week, questions and good news',
    members: ['dana', 'marina', 'tomas'],
    unread: 0,
    messages: [
      {
        by: 'dana',
        ago: 70,
        pinned: true,
        text: 'Open deals on Friday at ten, as always. Whoever has one that has not moved for two weeks says why.',
      },
      {
        by: 'tomas',
        ago: 49,
        text: '{open}: they like the offer, but their IT asks where the data is kept. Who has answered that before?',
        answers: [
          {
            by: 'marina',
            ago: 48.5,
            text: 'I have, in spring. One page was enough; I send it to you right away.',
          },
          { by: 'tomas', ago: 45, text: 'It was. They want the contract by the end of the week. Thank you!' },
        ],
      },
      {
        by: 'marina',
        ago: 29,
        text: '{won} is signed! They begin with the onboarding workshop next month.',
        reactions: [
          { emoji: '🎉', by: 'dana' },
          { emoji: '🎉', by: 'tomas' },
        ],
      },
      { by: 'dana', ago: 28.8, text: 'Congratulations, @marina! That was a long way.' },
      {
        by: 'tomas',
        ago: 6,
        text: '{lead} asked for a demo next week. @dana, can you join us for the first half hour?',
      },
      { by: 'dana', ago: 5.5, text: 'Gladly. Tuesday or Wednesday, after two.' },
      { by: 'tomas', ago: 5.4, text: 'Wednesday, then. I will send the invitation.' },
    ],
  },
  {
    kind: 'direct',
    members: ['marina', 'dana'],
    unread: 1,
    messages: [
      {
        by: 'marina',
        ago: 4,
        text: 'Do you have a minute about {price}? They ask for ten percent more off.',
      },
      { by: 'dana', ago: 3.9, text: 'What would you do?' },
      {
        by: 'marina',
        ago: 3.8,
        text: 'Add a day of the workshop rather than go below our price. It is worth more to them.',
      },
      { by: 'dana', ago: 3.7, text: 'I agree. Offer them the day, and tell me what they say.' },
      { by: 'marina', ago: 0.7, text: 'They took it! I will change the quote today.' },
    ],
  },
]
