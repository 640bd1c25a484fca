/** Deals made, changed and moved over HTTP. */
import type { Deal, Pipeline, Stage } from '@rapport/contracts'
import { expect } from 'vitest'
import type { Caller } from './app.ts'

type Body = Record<string, unknown>

export async function dealPipelines(caller: Caller): Promise<Pipeline[]> {
  return (await caller.call<{ items: Pipeline[] }>('GET', '/crm/pipelines?object=deal')).body.items
}

export function stageNamed(pipelines: readonly Pipeline[], name: string): Stage {
  const stage = pipelines.flatMap(({ stages }) => stages).find((one) => one.name === name)
  if (!stage) throw new Error(`There is no stage ${name}.`)
  return stage
}

export async function aDeal(caller: Caller, body: Body = {}): Promise<Deal> {
  const made = await caller.call<Deal>('POST', '/crm/deals', {
    body: { name: 'Deal', currency: 'EUR', ...body },
  })
  expect(made.status, made.text).toBe(201)
  return made.body
}

export async function changeDeal(caller: Caller, { id }: Pick<Deal, 'id'>, body: Body): Promise<Deal> {
  const changed = await caller.call<Deal>('PATCH', `/crm/deals/${id}`, { body })
  expect(changed.status, changed.text).toBe(200)
  return changed.body
}

export async function moveDeal(
  caller: Caller,
  { id }: Pick<Deal, 'id'>,
  stage_id: string,
  values?: Body,
): Promise<Deal> {
  const { body } = await caller.call<Deal>('GET', `/crm/deals/${id}`)
  const moved = await caller.call<Deal>('PATCH', `/crm/deals/${id}/stage`, {
    body: { stage_id, version: body.version, ...(values ? { values } : {}) },
  })
  expect(moved.status, moved.text).toBe(200)
  return moved.body
}
