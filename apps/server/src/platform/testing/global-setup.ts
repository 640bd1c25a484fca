/** One PostgreSQL for a whole test run, with a migrated template that every test file clones in a moment. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../migrations.ts'
import { DataDirectoryInUse, startPostgres } from '../postgres/index.ts'
import { addressOf, TEMPLATE } from './addresses.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: { url: string; adminUrl: string }
  }
}

const PREFIX = 'rapport-test-postgres-'

/** Fit for data that is thrown away after the run, and for nothing else. */
const UNSAFE_AND_FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
}

const quiet = { info: () => undefined }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX))
  // Run as root, the database's own user has to pass through.
  chmodSync(dataDir, 0o711)
  const { url, adminUrl, stop } = await startPostgres({ dataDir, log: quiet, settings: UNSAFE_AND_FAST })
  const teardown = async () => {
    await stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await createTemplate(url, adminUrl)
  } catch (error) {
    await teardown()
    throw error
  }
  project.provide('databaseServer', { url, adminUrl })
  return teardown
}

async function createTemplate(url: string, adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${TEMPLATE} OWNER rapport`)
  } finally {
    await admin.end()
  }
  await migrate(addressOf(url, TEMPLATE))
}

/** A run that was killed leaves its server and its files; starting and stopping it is the way to stop both. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name)
    try {
      const { stop } = await startPostgres({ dataDir, log: quiet, settings: UNSAFE_AND_FAST })
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    } catch (error) {
      // Another run's, which is alive.
      if (!(error instanceof DataDirectoryInUse)) throw error
    }
  }
}
