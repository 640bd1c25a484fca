import type { Lead } from '@rapport/contracts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { keepRetention } from './retention.ts'
import { personalDataSources } from './sources.ts'

type Items<Item> = { items: Item[]; next_cursor: string | null }

let app: TestApp
let owner: Caller
let admin: Client
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
  admin = new Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

async function aLead(body: Record<string, unknown>): Promise<Lead> {
  const made = await owner.call<Lead>('POST', '/crm/leads', { body })
  expect(made.status, made.text).toBe(201)
  return made.body
}

describe('a retention rule', () => {
  async function keepAll(): Promise<void> {
    const { tenancy, storage } = app.app.platform
    await keepRetention({ tenancy, storage, sources: personalDataSources })
  }

  test('erases lost leads, empties the trash and leaves everything younger', async () => {
    const set = await owner.call('PUT', '/privacy/retention-rules', {
      body: {
        rules: [
          { kind: 'trashed_leads', days: 30 },
          { kind: 'lost_leads', days: 90 },
        ],
      },
    })
    expect(set.status).toBe(200)
    const [trashed, young, lost, recent] = await Promise.all([
      aLead({ full_name: 'Trashed Old' }),
      aLead({ full_name: 'Trashed Young' }),
      aLead({ full_name: 'Lost Old', status: 'lost' }),
      aLead({ full_name: 'Lost Recent', status: 'lost' }),
    ])
    for (const { id } of [trashed, young]) await owner.call('DELETE', `/crm/leads/${id}`)
    await admin.query(`UPDATE leads SET deleted_at = now() - interval '31 days' WHERE id = $1`, [trashed.id])
    await admin.query(`UPDATE leads SET updated_at = now() - interval '91 days' WHERE id = $1`, [lost.id])
    await keepAll()
    const { rows } = await admin.query<{ id: string; full_name: string }>(
      'SELECT id, full_name FROM leads WHERE id = ANY($1)',
      [[trashed.id, young.id, lost.id, recent.id]],
    )
    expect(new Map(rows.map(({ id, full_name }) => [id, full_name]))).toEqual(
      new Map([
        [young.id, 'Trashed Young'],
        [lost.id, 'Erased person'],
        [recent.id, 'Lost Recent'],
      ]),
    )
  })

  test('empties the trash of every object that the organization made, which can go then', async () => {
    const [lorry, trailer] = ['lorry', 'trailer'].map((key) => `/crm/custom-objects/${key}`) as [
      string,
      string,
    ]
    const make = async (path: string, body: object) => {
      const made = await owner.call<{ id: string }>('POST', path, { body })
      expect(made.status, made.text).toBe(201)
      return made.body.id
    }
    for (const key of ['lorry', 'trailer'])
      await make('/crm/custom-objects', { key, label: key, label_many: key })
    const field = { object: 'trailer', key: 'behind', label: 'Behind', type: 'relation', to: 'lorry' }
    const field_id = await make('/crm/custom-fields', field)
    const [old, young] = [
      await make(`${lorry}/records`, { name: 'Old', tags: ['worn'] }),
      await make(`${lorry}/records`, { name: 'Young' }),
    ]
    const led = await make(`${trailer}/records`, { name: 'Led', custom: { behind: old } })
    for (const id of [old, young]) await owner.call('DELETE', `${lorry}/records/${id}`)
    await admin.query(`UPDATE custom_records SET deleted_at = now() - interval '31 days' WHERE id = $1`, [
      old,
    ])
    const rules = [{ kind: 'trashed_records', days: 30 }]
    await owner.call('PUT', '/privacy/retention-rules', { body: { rules } })
    await keepAll()
    const left = await owner.call<Items<{ id: string }>>('GET', `${lorry}/records?trashed=true`)
    expect(left.body.items.map(({ id }) => id)).toEqual([young])
    const { body } = await owner.call<{ custom: object }>('GET', `${trailer}/records/${led}`)
    expect(body.custom).toEqual({})
    for (const table of ['record_tags', 'activities'])
      expect((await admin.query(`SELECT FROM ${table} WHERE record_id = $1`, [old])).rowCount).toBe(0)
    await admin.query(`UPDATE custom_records SET deleted_at = now() - interval '31 days' WHERE id = $1`, [
      young,
    ])
    await owner.call('PUT', '/privacy/retention-rules', { body: { rules } })
    await keepAll()
    expect((await owner.call('DELETE', `/crm/custom-fields/${field_id}`)).status).toBe(204)
    expect((await owner.call('DELETE', lorry)).status).toBe(204)
  })

  test('empties the trash of every kind of record, and leaves nothing that leads to what is gone', async () => {
    const kept: [string, string][] = [
      ['contact', 'contacts'],
      ['company', 'companies'],
      ['deal', 'deals'],
      ['product', 'products'],
    ]
    const make = async (many: string, body: Record<string, unknown>) => {
      const made = await owner.call<{ id: string }>('POST', `/crm/${many}`, { body })
      expect(made.status, made.text).toBe(201)
      return made.body.id
    }
    const rules = kept.map(([, many]) => ({ kind: `trashed_${many}`, days: 30 }))
    expect((await owner.call('PUT', '/privacy/retention-rules', { body: { rules } })).status).toBe(200)
    for (const [object, many] of kept) {
      const field = { object: 'lead', key: `my_${object}`, label: object, type: 'relation', to: object }
      expect((await owner.call('POST', '/crm/custom-fields', { body: field })).status).toBe(201)
      const title = object === 'contact' ? 'full_name' : 'name'
      const [old, young] = [
        await make(many, { [title]: 'Old', tags: ['seldom'] }),
        await make(many, { [title]: 'Young' }),
      ]
      const lead = await aLead({ full_name: 'Relating', custom: { [`my_${object}`]: old } })
      for (const id of [old, young]) await owner.call('DELETE', `/crm/${many}/${id}`)
      await admin.query(`UPDATE ${many} SET deleted_at = now() - interval '31 days' WHERE id = $1`, [old])
      await keepAll()
      const { rows } = await admin.query<{ id: string }>(`SELECT id FROM ${many} WHERE id = ANY($1)`, [
        [old, young],
      ])
      expect(rows).toEqual([{ id: young }])
      expect((await owner.call<Lead>('GET', `/crm/leads/${lead.id}`)).body.custom).toEqual({})
      for (const table of ['activities', 'record_tags', 'custom_values', 'follow_ups']) {
        const left = await admin.query(`SELECT FROM ${table} WHERE record_id = $1`, [old])
        expect(left.rowCount, table).toBe(0)
      }
      await owner.call('PUT', '/privacy/retention-rules', { body: { rules } })
    }
  })

  test('is kept although somebody is at work in the organization', async () => {
    const organization_id = owner.session.organization.id
    const rules = [{ kind: 'lost_leads', days: 90 }]
    await owner.call('PUT', '/privacy/retention-rules', { body: { rules } })
    const lost = await aLead({ full_name: 'Lost Long Ago', status: 'lost' })
    await admin.query(`UPDATE leads SET updated_at = now() - interval '91 days' WHERE id = $1`, [lost.id])
    await admin.query('BEGIN')
    await admin.query('SELECT FROM organizations WHERE id = $1 FOR KEY SHARE', [organization_id])
    await admin.query('SELECT FROM leads WHERE id = $1 FOR KEY SHARE', [lost.id])
    await keepAll().finally(() => admin.query('COMMIT'))
    const read = await owner.call<Lead>('GET', `/crm/leads/${lost.id}`)
    expect(read.body.full_name).toBe('Erased person')
  })

  test('that is taken away keeps everything', async () => {
    const { body } = await owner.call<Items<{ kind: string; days: number | null }>>(
      'PUT',
      '/privacy/retention-rules',
      {
        body: { rules: [{ kind: 'lost_leads', days: null }] },
      },
    )
    expect(body.items.find(({ kind }) => kind === 'lost_leads')?.days).toBeNull()
  })
})
