import { operations, type PushDevice, type PushMessage } from '@rapport/contracts'
import { originOf } from '../../platform/http/origin.ts'
import type { SessionContext } from '../../platform/http/route.ts'
import type { Module } from '../../platform/platform.ts'
import { invalidField, Problem } from '../../platform/problems.ts'
import { auditIn, type SystemTx } from '../../platform/tenancy.ts'
import { describeDevice, personActor } from '../identity/index.ts'
import { dropDevice, dropEndedDevices, keepDevice, listDevices, type DeviceRow } from './devices.ts'
import { createPusher } from './pusher.ts'
import { canBeSealed } from './send.ts'

export const pushModule: Module = (platform) => {
  const { api, tenancy, jobs, secrets } = platform
  const { push } = operations
  const pusher = createPusher(platform)
  jobs.schedule('push.drop-ended', '19 * * * *', () => tenancy.inSystem(dropEndedDevices))

  api.route(push.devices, {
    allow: 'session',
    async handle({ identity }) {
      const rows = await tenancy.inSystem((tx) => listDevices(tx, identity.user_id))
      const items = rows.map((row) => present(row, identity))
      return {
        items,
        next_cursor: null,
        session_id: identity.session_id,
        public_key: await pusher.publicKey(),
      }
    },
  })

  api.route(push.register, {
    allow: 'session',
    async handle(ctx, { body }) {
      if (!canBeSealed(body)) throw invalidField('keys', 'invalid_value', 'are not the keys of a browser')
      const { identity } = ctx
      const row = await tenancy.inSystem(async (tx) => {
        if (await keepDevice(tx, { secrets }, identity, body)) note(tx, ctx, 'session.push_enabled')
        return requireDevice(tx, identity)
      })
      return present(row, identity)
    },
  })

  api.route(push.remove, {
    allow: 'session',
    async handle(ctx, { params }) {
      const { user_id } = ctx.identity
      await tenancy.inSystem(async (tx) => {
        if (!(await dropDevice(tx, { session_id: params.id, user_id }))) throw deviceNotFound()
        note(tx, ctx, 'session.push_disabled', params.id)
      })
      return undefined
    },
  })

  api.route(push.test, {
    allow: 'session',
    async handle({ identity: { user_id } }, { params: { id: session_id } }) {
      const language = await tenancy.inSystem(async (tx) => {
        await requireDevice(tx, { session_id, user_id })
        const row = await tx
          .selectFrom('users')
          .select('language')
          .where('id', '=', user_id)
          .executeTakeFirst()
        return row?.language === 'pt-BR' ? 'pt-BR' : 'en'
      })
      return { outcome: await pusher.push({ session_id, user_id, message: examples[language] }) }
    },
  })
}

const examples: Record<'en' | 'pt-BR', PushMessage> = {
  en: {
    title: 'Rapport',
    body: 'Notifications reach this browser.',
    tag: 'test',
    open: '/settings/notifications',
    lang: 'en',
  },
  'pt-BR': {
    title: 'Rapport',
    body: 'As notificações chegam a este navegador.',
    tag: 'test',
    open: '/settings/notifications',
    lang: 'pt-BR',
  },
}

type Device = { session_id: string; user_id: string }

async function requireDevice(tx: SystemTx, { session_id, user_id }: Device): Promise<DeviceRow> {
  const row = (await listDevices(tx, user_id)).find((one) => one.session_id === session_id)
  if (!row) throw deviceNotFound()
  return row
}

const deviceNotFound = () =>
  new Problem(404, 'push_device_not_found', 'Not found', 'There is no such browser of yours.')

const present = (
  { session_id, user_agent, created_at, pushed_at }: DeviceRow,
  identity: Pick<Device, 'session_id'>,
): PushDevice => ({
  id: session_id,
  current: session_id === identity.session_id,
  ...describeDevice(user_agent),
  created_at,
  pushed_at,
})

function note(
  tx: SystemTx,
  { identity, request }: SessionContext,
  action: 'session.push_enabled' | 'session.push_disabled',
  session_id = identity.session_id,
): void {
  const { user_id, name, session_organization_id } = identity
  auditIn(tx)(session_organization_id, personActor({ id: user_id, full_name: name }, originOf(request)), {
    action,
    object: 'session',
    record_id: session_id,
    record_name: name,
  })
}
