/** An owner and a colleague, and what tests of notifications ask of them. */
import type { Lead, NotificationGroup, NotificationPage } from '@rapport/contracts'
import { expect, vi } from 'vitest'
import { connectTo } from '../../platform/testing/index.ts'
import { createTestApp, type Caller } from '../../testing/app.ts'

export const idOf = ({ session }: Caller): string => session.user.id

export const list = async (by: Caller, query = 'limit=50'): Promise<NotificationPage> =>
  (await by.call<NotificationPage>('GET', `/notifications?${query}`)).body

export const about = async (by: Caller, id: string | null): Promise<NotificationGroup | undefined> =>
  (await list(by)).items.find(({ record_id }) => record_id === id)

export async function openNotifications() {
  const app = await createTestApp()
  const owner = await app.register()
  const colleague = await app.join(owner, 'sales')
  const admin = await connectTo(app.adminUrl)

  async function aLead(fields: Record<string, unknown> = {}, by = owner): Promise<Lead> {
    const made = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada Moreau', ...fields } })
    expect(made.status, made.text).toBe(201)
    return made.body
  }

  return {
    app,
    owner,
    colleague,
    admin,
    aLead,
    /** When its own is there, everything that happened before has been told. */
    everythingTold: async (): Promise<void> => {
      const last = await aLead({ owner_id: idOf(colleague) })
      await vi.waitFor(async () => expect(await about(colleague, last.id)).toBeDefined(), { timeout: 10_000 })
    },
    close: async (): Promise<void> => {
      await admin.end()
      await app.stop()
    },
  }
}
