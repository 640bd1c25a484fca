import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./chat-chaos.ts', import.meta.url))
const sizes = ['--members', '6', '--rounds', '3', '--processes', '2']

/** The long runs are `node bench/src/chat-chaos.ts --rounds 10`, with one process and with `--processes 2`. */
test('members who talk across two processes, of which now one and now the other is killed, all end with the same history', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...sizes], { timeout: 170_000 })
  const outcome = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { messages: number; events: number }
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, gaps: 0, repeated: 0, disordered: 0, different: 0 })
  expect(outcome.messages).toBeGreaterThan(10)
  expect(outcome.events).toBeGreaterThan(outcome.messages)
}, 180_000)
