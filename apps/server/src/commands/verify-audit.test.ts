import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Actor } from '../platform/actor.ts'
import { openAuditHouse, type AuditHouse } from '../platform/audit/audit-house.fixture.ts'
import { aLeadEvent } from '../platform/events/event-house.fixture.ts'

let house: AuditHouse
beforeAll(async () => void (house = await openAuditHouse(inject('databaseServer').adminUrl)))
afterAll(() => house?.close())

const command = fileURLToPath(new URL('./verify-audit.ts', import.meta.url))

function runCommand(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: house.url, RAPPORT_SECRET: 'x'.repeat(40), NODE_ENV: 'test' }
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    )
  })
}

async function aLog(length: number): Promise<Actor> {
  const actor = await house.aPerson()
  for (let made = 0; made < length; made += 1) await house.emit(actor, aLeadEvent())
  return actor
}

test('ends with 0 and prints an anchor for each organization while all is in order', async () => {
  const { organization_id } = await aLog(3)
  const { code, output } = await runCommand('--organization', organization_id)
  expect(code).toBe(0)
  const anchor = new RegExp(`anchor (${organization_id}:3:[0-9a-f]{64})`).exec(output)?.[1] ?? ''
  expect(await runCommand('--anchor', anchor)).toMatchObject({ code: 0 })
  const forged = anchor.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  expect(await runCommand('--anchor', forged)).toMatchObject({
    code: 1,
    output: expect.stringContaining(`${organization_id}  BROKEN at entry 3`),
  })
})

test('ends with 1 and names organization, entry and kind of what is broken, others in order', async () => {
  const [broken, fine] = [await aLog(3), await aLog(2)]
  await house.tamper('DELETE FROM audit_log WHERE organization_id = $1 AND seq = 2', [broken.organization_id])
  const { code, output } = await runCommand()
  expect(code).toBe(1)
  expect(output).toContain(`${broken.organization_id}  BROKEN at entry 2: removed`)
  expect(output).toContain(`${fine.organization_id}  2 entries in order`)
  expect((await runCommand('--organization', fine.organization_id)).code).toBe(0)
})

test('says what is wrong with its arguments without a stack', async () => {
  const wrong = [
    ['--organization', 'everybody'],
    ['--anchor', 'x'],
    ['--organisation', 'x'],
  ]
  for (const { code, output } of await Promise.all(wrong.map((args) => runCommand(...args)))) {
    expect(code).toBe(1)
    expect(output).not.toContain('    at ')
  }
})
