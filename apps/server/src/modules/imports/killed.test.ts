import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../../../../bench/src/import-chaos.ts', import.meta.url))

it('kill -9 in the middle of an import, and of its undo, loses and doubles no row', async () => {
  const run = promisify(execFile)(process.execPath, [script, '--rows', '4000'], { timeout: 390_000 })
  const outcome: unknown = JSON.parse((await run).stdout.trim().split('\n').at(-1) ?? '')
  expect(outcome).toEqual({ state: 'completed', lost: 0, records: 0, undone: 'undone', kept: 0, left: 0 })
}, 400_000)
