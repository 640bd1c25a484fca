/** Callers and calls that the tests of views share. */
import type { Pipeline, View } from '@rapport/contracts'
import { expect } from 'vitest'
import { systemActor } from '../../platform/actor.ts'
import type { Answer, Caller } from '../../testing/app.ts'

type Refusal = { code: string; errors: { path: string; code: string }[]; conflicts: string[]; current: View }
export type Body = Record<string, unknown>
type Told = Promise<Answer<View & Refusal>>

export const idOf = (caller: Caller) => caller.session.user.id
export const systemOf = (caller: Caller) => systemActor(caller.session.organization.id)

export const save = (caller: Caller, body: Body = {}): Told =>
  caller.call('POST', '/crm/views', { body: { object: 'lead', name: 'A view', ...body } })

export async function aView(caller: Caller, body: Body = {}): Promise<View> {
  const made = await save(caller, body)
  expect(made.status, made.text).toBe(201)
  return made.body
}

export const change = (caller: Caller, id: string, body: Body): Told =>
  caller.call('PATCH', `/crm/views/${id}`, { body })

export const open = (caller: Caller, id: string): Told => caller.call('GET', `/crm/views/${id}`)

export const remove = (caller: Caller, id: string): Told => caller.call('DELETE', `/crm/views/${id}`)

export const listed = async (caller: Caller, object = 'lead') =>
  (await caller.call<{ items: View[] }>('GET', `/crm/views?object=${object}`)).body.items.map(({ id }) => id)

export async function aPipeline(owner: Caller): Promise<Pipeline> {
  const made = await owner.call<Pipeline>('POST', '/crm/pipelines', { body: { name: 'Further' } })
  expect(made.status, made.text).toBe(201)
  return made.body
}
