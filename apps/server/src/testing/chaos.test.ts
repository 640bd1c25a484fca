import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../../../bench/src/chaos.ts', import.meta.url))

/** The long run is `node bench/src/chaos.ts --rounds 200`. */
it('kill -9 of server and database loses or doubles no acknowledged write and no event', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, '--rounds', '3', '--writers', '4'],
    {
      timeout: 170_000,
    },
  )
  const outcome: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  expect(outcome).toMatchObject({
    rounds: 3,
    lost: 0,
    doubled: 0,
    gaps: 0,
    missing: 0,
    repeated: 0,
    wrong: 0,
  })
}, 180_000)
