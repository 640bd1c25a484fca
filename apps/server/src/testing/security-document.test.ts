/** docs/SECURITY.md says where attacks are stopped: what it names must be there. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const places = [join(root, 'apps/server/src'), root]

/** `platform/secrets`, `scripts/check-imports.mjs`: lower-case folders, with or without a file. */
const path = /^(?:[a-z][\w-]*\/)+[\w.-]+$/

test('every file that the security document names exists', async () => {
  const text = await readFile(join(root, 'docs/SECURITY.md'), 'utf8')
  const named = [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => path.test(name))
  expect(named.length).toBeGreaterThan(60)
  const missing = named.filter((name) => !places.some((place) => existsSync(join(place, name))))
  expect(missing).toEqual([])
})
