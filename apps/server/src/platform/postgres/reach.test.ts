import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startPostgres } from './index.ts'
import { reachPostgres } from './reach.ts'

const log = { info: () => undefined }
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport reach '))
  chmodSync(dataDir, 0o711)
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query('SELECT current_user')).rows[0].current_user === 'rapport'
  } finally {
    await client.end()
  }
}

it('takes the database that DATABASE_URL names', async () => {
  const databaseUrl = 'postgres://someone@elsewhere:5432/rapport'
  expect(await reachPostgres({ databaseUrl, dataDir, log })).toMatchObject({
    url: databaseUrl,
    started: false,
  })
})

it('reaches the embedded database of a running server and leaves it running, and starts it when none runs', async () => {
  const server = await startPostgres({ dataDir, log })
  try {
    const beside = await reachPostgres({ databaseUrl: undefined, dataDir, log })
    expect(beside).toMatchObject({ url: server.url, started: false })
    await beside.close()
    expect(await answers(server.url)).toBe(true)
  } finally {
    await server.stop()
  }
  const alone = await reachPostgres({ databaseUrl: undefined, dataDir, log })
  expect(alone.started).toBe(true)
  expect(await answers(alone.url)).toBe(true)
  await alone.close()
  await expect(answers(alone.url)).rejects.toThrow(/ECONNREFUSED|ENOENT/)
})
