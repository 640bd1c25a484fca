import { readFile } from 'node:fs/promises'
import { operations } from '@rapport/contracts'
import { endpointsText } from '@rapport/sdk/generate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseTypes } from '../db/generate.ts'
import { createTestApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => void (app = await createTestApp()))
afterAll(() => app?.stop())

test('the types of the database are those of the migrations (npm run types)', async () => {
  const known = await readFile(new URL('../db/types.ts', import.meta.url), 'utf8')
  expect(withoutSpace(await databaseTypes(app.url))).toBe(withoutSpace(known))
})

test("the SDK's endpoints are those of the contracts (npm run sdk)", async () => {
  const known = await readFile(new URL('../../../../packages/sdk/src/endpoints.ts', import.meta.url), 'utf8')
  expect(withoutSpace(endpointsText())).toBe(withoutSpace(known))
})

test('every operation of the contracts is a route, and every route an operation', () => {
  const described = Object.values(operations).flatMap((group) => Object.values(group))
  expect(new Set(app.app.routes.map(({ operation }) => operation))).toEqual(new Set(described))
})

test('the OpenAPI document describes every operation and refers to nothing that is missing', async () => {
  const { body } = await app.call<{
    openapi: string
    paths: Record<string, Record<string, { operationId: string }>>
  }>('GET', '/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const ids = Object.values(body.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  )
  const names = Object.entries(operations).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `${group}.${name}`),
  )
  expect(ids.toSorted()).toEqual(names.toSorted())
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '')
  for (const path of new Set(references))
    expect(
      path.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], body),
      path,
    ).toBeDefined()
})

/** Formatting is the formatter's matter. */
const withoutSpace = (text: string) => text.replace(/[\s;,]+/g, '').replaceAll("'", '"')
