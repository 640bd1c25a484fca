/** A row that a rule of the organization refuses fails by itself, with its reason; its batch arrives. */
import type { CustomField, Lead, operations, Pipeline, ReplyOf } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../testing/app.ts'
import { allLeads, ended, start, upload } from './imports.fixture.ts'
import { reasonWords } from './reasons.ts'

type DryRun = ReplyOf<typeof operations.imports.validate>

let app: TestApp
beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())

async function aField(owner: Caller, body: Record<string, unknown>): Promise<void> {
  const made = await owner.call<CustomField>('POST', '/crm/custom-fields', {
    body: { object: 'lead', ...body },
  })
  expect(made.status, made.text).toBe(201)
}

async function bringIn(owner: Caller, file: string, plan: Record<string, unknown>) {
  const { body } = await upload(owner, file)
  const started = await start(owner, body, plan)
  expect(started.status, started.text).toBe(202)
  const done = await ended(owner, body.id)
  const errors = (await owner.call('GET', `/crm/imports/${body.id}/errors.csv`)).text
  return { done, errors: errors.trim().split('\r\n').slice(1) }
}

const namesOf = async (owner: Caller) => (await allLeads(owner)).map(({ full_name }) => full_name).toSorted()

test('a value that no two may share fails the rows that repeat it, within the file or among what is there', async () => {
  const owner = await app.register()
  await aField(owner, { key: 'tax_id', label: 'Tax ID', type: 'text', unique: true })
  await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada', custom: { tax_id: 'A1' } } })
  const file = 'name,tax\nBo,B1\nCy,A1\nDi,D1\nEd,B1\nFlo,\n'
  const mapping = { name: 'full_name', tax: 'custom.tax_id' }
  const { done, errors } = await bringIn(owner, file, { mapping })
  expect(done).toMatchObject({ state: 'completed', done: 5, created: 3, failed: 2, problem: null })
  expect(await namesOf(owner)).toEqual(['Ada', 'Bo', 'Di', 'Flo'])
  expect(errors).toHaveLength(2)
  expect(errors[0]).toMatch(/^Cy,A1,"tax: is held by another record, and no two may be alike"/)
  expect(errors[1]).toMatch(/^Ed,B1,/)
})

test('a row that would change a lead to a value which another one has fails, and the others change theirs', async () => {
  const owner = await app.register()
  await aField(owner, { key: 'tax_id', label: 'Tax ID', type: 'text', unique: true })
  for (const [name, tax_id] of [
    ['Ada', 'A1'],
    ['Bo', 'B1'],
  ]) {
    const body = { full_name: name, external_id: name, custom: { tax_id } }
    await owner.call('POST', '/crm/leads', { body })
  }
  const file = 'id,name,tax,city\nBo,Bo,A1,Natal\nAda,Ada,A1,Recife\nBo,Bo,A1,Belém\n'
  const mapping = { id: 'external_id', name: 'full_name', tax: 'custom.tax_id', city: 'city' }
  const { done, errors } = await bringIn(owner, file, { mapping, duplicate_policy: 'overwrite' })
  expect(done).toMatchObject({ state: 'completed', done: 3, created: 0, updated: 1, failed: 2 })
  expect(errors).toHaveLength(2)
  expect((await allLeads(owner)).map(({ full_name, city }) => `${full_name} ${city}`).toSorted()).toEqual([
    'Ada Recife',
    'Bo null',
  ])
})

test('a row without what the first stage asks for fails with the name of the field', async () => {
  const owner = await app.register()
  const { body } = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
  const [pipeline] = body.items
  const first = pipeline?.stages[0]
  const changed = await owner.call('PATCH', `/crm/pipelines/${pipeline?.id}/stages/${first?.id}`, {
    body: { required_fields: ['city'], version: first?.version },
  })
  expect(changed.status, changed.text).toBe(200)
  const mapping = { name: 'full_name', city: 'city' }
  const { done, errors } = await bringIn(owner, 'name,city\nBo,Rio\nCy,\nDi,Natal\n', { mapping })
  expect(done).toMatchObject({ state: 'completed', created: 2, failed: 1, problem: null })
  expect(await namesOf(owner)).toEqual(['Bo', 'Di'])
  expect(errors).toEqual([expect.stringMatching(/^Cy,,.*city: must have a value before the stage/)])
})

test('the reasons are told in the language of who reads them, in the rehearsal and in the file', async () => {
  const owner = await app.register()
  const colleague = await app.join(owner, 'admin')
  await colleague.call('PUT', '/users/me', { body: { language: 'pt-BR' } })
  await aField(owner, { key: 'seats', label: 'Lugares', type: 'number', required: true })
  const { body } = await upload(owner, 'name,score,city\nBo,many,Rio\n,7,x\n')
  const mapping = { name: 'full_name', score: 'score', city: 'city' }
  const rehearse = async (caller: Caller) => {
    const path = `/crm/imports/${body.id}/validate`
    const answer = await caller.call<DryRun>('POST', path, { body: { mapping } })
    return answer.body.errors.map(({ column, code, message }) => `${column} ${code}: ${message}`)
  }
  expect(await rehearse(owner)).toEqual([
    'score not_number: is not a number; Lugares needs a value',
    'name needs_value: needs a value; Lugares needs a value',
  ])
  expect(await rehearse(colleague)).toEqual([
    'score not_number: não é um número; Lugares precisa de um valor',
    'name needs_value: precisa de um valor; Lugares precisa de um valor',
  ])
  await start(owner, body, { mapping })
  await ended(owner, body.id)
  const file = await colleague.call('GET', `/crm/imports/${body.id}/errors.csv`)
  expect(file.text).toContain('score: não é um número; Lugares precisa de um valor')
})

test('every reason is put into words with all that it is about', () => {
  const params = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b))
  for (const [code, text] of Object.entries(reasonWords.en))
    expect(params(reasonWords['pt-BR'][code as keyof typeof reasonWords.en]), code).toEqual(params(text))
})
