import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./board-storm.ts', import.meta.url))
const sizes = ['--members', '10', '--seconds', '10', '--cards', '60']

/** The long run is `node bench/src/board-storm.ts --members 50 --seconds 60`. */
test('members who move cards of one board at once lose no move, and all end with the board of the database', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...sizes], { timeout: 170_000 })
  const outcome = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { moves: number }
  expect(outcome).toMatchObject({
    lost: 0,
    doubled: 0,
    missing: 0,
    clients_that_differ: 0,
    boards_that_differ: 0,
    passed: true,
  })
  expect(outcome.moves).toBeGreaterThan(20)
}, 180_000)
