/** Whatever changes something is in the audit log: tried on every declared route, so a new one is covered or fails. */
import { operations, type Operation } from '@rapport/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyLog } from '../platform/audit/index.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { exampleRequest, makeExamples, type Examples } from './examples.ts'

let app: TestApp
let admin: pg.Client
beforeAll(async () => {
  app = await createTestApp()
  admin = new pg.Client({ connectionString: app.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await app?.stop()
})

const {
  account,
  companies,
  dashboards,
  contacts,
  customFields,
  customRecords,
  deals,
  products,
  tasks,
  imports,
  invitations,
  leads,
  members,
  pipelines,
  privacy,
  signIn,
  featureFlags,
} = operations

/** Neither business nor security data is changed by these, or by their examples. */
const changesNothing = new Map<Operation, string>([
  [imports.validate, 'a rehearsal'],
  [imports.reread, 'the same file, read another way'],
  [customFields.checkFormula, 'a question'],
  [operations.assignment.preview, 'a question'],
  [invitations.inspect, 'a question'],
  [privacy.findPerson, 'a search'],
  [signIn.passkeyOptions, 'a challenge'],
  [signIn.newPasskeyOptions, 'a challenge'],
  [signIn.beginTwoFactor, 'nothing is on before it is confirmed'],
  [signIn.setTwoFactorPolicy, 'is as it is told to be'],
  [account.resendVerification, 'a mail'],
  [account.requestPasswordReset, 'a mail, if anything'],
  [account.updatePreferences, 'how a person likes their own screen'],
  [dashboards.arrange, 'how a person likes their own screen'],
  [account.revokeOtherSessions, 'there is no other'],
  [members.restore, 'is active'],
  [members.handOver, 'of a member who owns nothing'],
  [members.previewHandOver, 'a question'],
  [operations.duplicates.dismiss, 'are merged'],
  [operations.duplicates.reopen, 'are merged'],
  [operations.notes.restore, 'is not in the trash'],
  [operations.notifications.read, 'what a person has read'],
  [operations.notifications.updateSettings, 'what a person wants to be told'],
  [operations.notifications.unsubscribe, 'what a person wants to be told'],
  [operations.notifications.follow, 'what a person wants to be told'],
  [operations.presence.say, 'what a person says of themselves'],
  [operations.chat.setSettings, 'how a person likes their own screen'],
  [operations.chat.setDraft, 'what a person has not said yet'],
  [operations.chat.read, 'what a person has read'],
  [operations.chat.remind, 'what a person wants to be told'],
  [operations.chat.removeReminder, 'what a person wants to be told'],
  [operations.chat.invite, 'is in'],
  [operations.chat.join, 'is in'],
  // What is said keeps its own history; who opens, enters, changes a channel or takes a message away is in the log.
  ...(['post', 'edit', 'react', 'unreact', 'pin', 'unpin'] as const).map((name): [Operation, string] => [
    operations.chat[name],
    'talk',
  ]),
  [operations.timelines.visit, 'tells when a person looked at a record'],
  [operations.attachments.restore, 'is not in the trash'],
  [operations.attachments.create, 'nothing has arrived yet'],
  [operations.attachments.announce, 'nothing has arrived yet'],
  [tasks.reopen, 'is open'],
  ...[leads, contacts, companies, deals, products, tasks, customRecords].map(
    ({ likeness }): [Operation, string] => [likeness, 'a question'],
  ),
  ...[leads, contacts, companies, deals, products, tasks, customRecords].map(
    ({ restore }): [Operation, string] => [restore, 'is not in the trash'],
  ),
])

/** What changes something, where the usual example leaves it as it is. */
function changingBody(operation: Operation, { pipeline, lead }: Examples): unknown {
  if (operation === pipelines.update) return { name: 'Another name', version: pipeline.version }
  if (operation === leads.moveStage) return { stage_id: pipeline.stages[1]?.id, version: lead.version }
  if (operation === featureFlags.update) return { search: false }
  return undefined
}

const nameOf = ({ method, path }: Operation) => `${method} ${path}`

/** All organizations together: registering and creating an organization write into a new one's log. */
async function countEntries(): Promise<number> {
  const { rows } = await admin.query<{ entries: number }>('SELECT count(*)::int AS entries FROM audit_log')
  return rows[0]?.entries ?? 0
}

async function sendExample(
  operation: Operation,
): Promise<{ caller: Caller; status: number; text: string; written: number }> {
  const caller = await app.register()
  const examples = await makeExamples(caller)
  const { path, body: usual, headers = {} } = exampleRequest(operation, examples)
  const body = changingBody(operation, examples) ?? usual
  const before = await countEntries()
  const answer = await caller.call(operation.method, path, { body, headers })
  return { caller, ...answer, written: (await countEntries()) - before }
}

test('every route that changes something writes an audit entry, and every chain holds', async () => {
  const findings: string[] = []
  let tried = 0
  for (const { operation } of app.app.routes) {
    if (operation.method === 'GET' || changesNothing.has(operation)) continue
    const { caller, status, text, written } = await sendExample(operation)
    const changed = status >= 200 && status < 300
    if (changed) tried += 1
    if (changed && written === 0)
      findings.push(`${nameOf(operation)}: ${status}, no entry: ${text.slice(0, 150)}`)
    const { broken } = await verifyLog(app.app.platform.tenancy, caller.session.organization.id)
    if (broken) findings.push(`${nameOf(operation)}: the chain is broken: ${JSON.stringify(broken)}`)
  }
  expect(findings).toEqual([])
  expect(tried).toBeGreaterThan(25)
}, 400_000)
