/** An owner and two who sell, and what tests of the chat ask of it; where nobody is named, the owner asks. */
import type { ChatChannel, ChatMessage, ChatMessagePage } from '@rapport/contracts'
import { expect } from 'vitest'
import { connectTo } from '../../platform/testing/index.ts'
import { createTestApp, type Caller } from '../../testing/app.ts'

export type Items<Item> = { items: Item[]; next_cursor: string | null }

export const idOf = ({ session }: Caller): string => session.user.id
export const texts = ({ items }: Pick<ChatMessagePage, 'items'>): string[] => items.map(({ text }) => text)

export async function openChat(environment: Record<string, string> = {}) {
  const app = await createTestApp(environment)
  const owner = await app.register()
  const ana = await app.join(owner, 'sales')
  const ben = await app.join(owner, 'sales')
  const admin = await connectTo(app.adminUrl)
  let names = 0

  const open = <Body = ChatChannel>(body: object, by = owner) =>
    by.call<Body>('POST', '/chat/channels', { body })
  const say = <Body = ChatMessage>({ id }: { id: string }, body: unknown, by = owner, more: object = {}) =>
    by.call<Body>('POST', `/chat/channels/${id}/messages`, {
      body: { client_id: `c${(names += 1)}`, body, ...more },
    })

  return {
    app,
    owner,
    ana,
    ben,
    admin,
    open,
    say,
    aChannel: async (kind: 'public' | 'private', by = owner, member_ids?: string[]): Promise<ChatChannel> => {
      const named = { kind, name: `Channel ${(names += 1)}` }
      const made = await open(member_ids ? { ...named, member_ids } : named, by)
      expect(made.status, made.text).toBe(201)
      return made.body
    },
    said: async (
      channel: { id: string },
      body: unknown,
      by = owner,
      more: object = {},
    ): Promise<ChatMessage> => {
      const made = await say(channel, body, by, more)
      expect(made.status, made.text).toBe(201)
      return made.body
    },
    pageOf: async ({ id }: { id: string }, query = '', by = owner): Promise<ChatMessagePage> =>
      (await by.call<ChatMessagePage>('GET', `/chat/channels/${id}/messages${query}`)).body,
    close: async (): Promise<void> => {
      await admin.end()
      await app.stop()
    },
  }
}
