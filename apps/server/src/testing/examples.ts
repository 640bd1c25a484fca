/** A valid request for every operation, on records that exist: what the route-wide tests send. */
import {
  operations,
  type ApiKey,
  type Company,
  type Contact,
  type Import,
  type Invitation,
  type Lead,
  type Operation,
  type Pipeline,
  type View,
  type Tag,
} from '@rapport/contracts'
import type { Caller } from './app.ts'
import { analyticsExamples, setGoal } from './analytics-examples.ts'
import { duplicateExamples, mergeTwo } from './duplicate-examples.ts'
import { dealExamples, makeDeal, type DealExamples } from './deal-examples.ts'
import { followUpExamples, planFollowUp } from './follow-up-examples.ts'
import { readExampleActivity, timelineExamples } from './timeline-examples.ts'
import { keepExamples, keptExamples, makeField, type Kept } from './kept-examples.ts'
import { makeOwnObject, ownObjectExamples, type OwnObjectExamples } from './own-object-examples.ts'
import { changeMany, exportPerson } from './job-examples.ts'
import { pushExamples } from './push-examples.ts'
import { recordExamples } from './record-examples.ts'
import { signInExamples } from './sign-in-examples.ts'
import { makeWork, workExamples, type WorkExamples } from './work-examples.ts'

type Ids = {
  organization_id: string
  lead: Lead
  contact: Contact
  company: Company
  pipeline: Pipeline
  import_id: string
  job_id: string
  request_id: string
  api_key_id: string
  user_id: string
  invitation_id: string
  role_id: string
  team_id: string
  view_id: string
  tag_id: string
  duplicate_id: string
  merge_id: string
  merged_tag_id: string
  field_id: string
  follow_up_id: string
  kept: Kept
  goal_id: string
  activity_id: string
}
export type Examples = DealExamples & OwnObjectExamples & WorkExamples & Ids
export type ExampleRequest = { path: string; body?: unknown; headers?: Record<string, string> }

export async function makeExamples(owner: Caller): Promise<Examples> {
  const lead = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada Example' } })
  const pipelines = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
  const upload = await owner.call<Import>('POST', '/crm/imports', multipart)
  const [pipeline] = pipelines.body.items
  if (lead.status !== 201 || !pipeline || upload.status !== 201)
    throw new Error(`The examples could not be made: ${lead.text} ${pipelines.text} ${upload.text}`)
  const request_id = await exportPerson(owner, lead.body.id)
  const people = await makePeople(owner, lead.body.id)
  return {
    request_id,
    organization_id: owner.session.organization.id,
    lead: lead.body,
    ...people,
    ...(await makeDeal(owner, people.contact.id)),
    ...(await makeOwnObject(owner)),
    pipeline,
    import_id: upload.body.id,
    job_id: await changeMany(owner, lead.body.id),
    api_key_id: await makeKey(owner),
    user_id: owner.session.user.id,
    invitation_id: await inviteSomebody(owner),
    role_id: await makeNamed(owner, 'roles', { from: 'viewer' }),
    team_id: await makeNamed(owner, 'teams'),
    view_id: await saveView(owner),
    tag_id: await makeTag(owner, 'Example'),
    ...(await mergeTwo(owner)),
    merged_tag_id: await makeTag(owner, 'Exemplo'),
    field_id: await makeField(owner),
    follow_up_id: await planFollowUp(owner, lead.body.id),
    kept: await keepExamples(owner, lead.body.id),
    goal_id: await setGoal(owner),
    activity_id: await readExampleActivity(owner, lead.body.id),
    ...(await makeWork(owner, lead.body.id)),
  }
}

/** A company with somebody in it, who has a part in the lead. */
async function makePeople(owner: Caller, lead_id: string): Promise<Pick<Examples, 'contact' | 'company'>> {
  const company = await owner.call<Company>('POST', '/crm/companies', { body: { name: 'Example Inc.' } })
  const body = { full_name: 'Alan Example', company_id: company.body.id }
  const contact = await owner.call<Contact>('POST', '/crm/contacts', { body })
  const link = { body: { contact_id: contact.body.id } }
  const linked = await owner.call('POST', `/crm/leads/${lead_id}/contacts`, link)
  if (linked.status !== 201)
    throw new Error(`The example people could not be made: ${contact.text} ${linked.text}`)
  return { contact: contact.body, company: company.body }
}

/** A role or a team. */
async function makeNamed(owner: Caller, what: 'roles' | 'teams', more = {}): Promise<string> {
  const made = await owner.call<{ id: string }>('POST', `/organizations/current/${what}`, {
    body: { name: 'Example', ...more },
  })
  if (made.status !== 201) throw new Error(`The example of ${what} could not be made: ${made.text}`)
  return made.body.id
}

async function saveView(owner: Caller): Promise<string> {
  const made = await owner.call<View>('POST', '/crm/views', { body: exampleView })
  if (made.status !== 201) throw new Error(`The example view could not be made: ${made.text}`)
  return made.body.id
}

async function makeTag(owner: Caller, name: string): Promise<string> {
  const made = await owner.call<Tag>('POST', '/crm/tags', { body: { name } })
  if (made.status !== 201) throw new Error(`The example tag could not be made: ${made.text}`)
  return made.body.id
}

async function makeKey(owner: Caller): Promise<string> {
  const made = await owner.call<ApiKey>('POST', '/api-keys', { body: exampleKey })
  if (made.status !== 201) throw new Error(`The example key could not be made: ${made.text}`)
  return made.body.id
}

async function inviteSomebody(owner: Caller): Promise<string> {
  const body = { email: 'invited@example.com', role: 'sales' }
  const made = await owner.call<Invitation>('POST', '/organizations/current/invitations', { body })
  if (made.status !== 201) throw new Error(`The example invitation could not be made: ${made.text}`)
  return made.body.id
}

/** An id that nothing has. */
const unknown_id = '0197d5f0-0000-7000-8000-000000000000'
const exampleKey = { name: 'Website', scopes: ['leads:read'] }
const exampleView = { object: 'lead', name: 'Mine', filter: { field: 'owner_id', op: 'eq', value: 'me' } }
const boundary = 'rapport-example-boundary'
const multipart = {
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: [
    `--${boundary}`,
    'Content-Disposition: form-data; name="object"',
    '',
    'lead',
    `--${boundary}`,
    'Content-Disposition: form-data; name="file"; filename="people.csv"',
    'Content-Type: text/csv',
    '',
    'Name,Email\nGrace Example,grace@example.com',
    `--${boundary}--`,
    '',
  ].join('\r\n'),
}

export type Example = {
  params?: Record<string, string>
  query?: string
  body?: unknown
  headers?: Record<string, string>
}

/** One entry an operation; a new operation without one fails the tests. */
function exampleOf(
  operation: Operation,
  {
    lead,
    contact,
    company,
    deal,
    product,
    own_object,
    own_record,
    line_id,
    pipeline,
    import_id,
    job_id,
    organization_id,
    request_id,
    api_key_id,
    user_id,
    invitation_id,
    role_id,
    team_id,
    view_id,
    tag_id,
    duplicate_id,
    merge_id,
    merged_tag_id,
    field_id,
    follow_up_id,
    kept,
    goal_id,
    work,
    activity_id,
  }: Examples,
): Example {
  const onLead = { params: { id: lead.id } }
  const onLink = { params: { id: lead.id, contact_id: contact.id } }
  const onPipeline = { params: { id: pipeline.id } }
  const stage = pipeline.stages[0]
  const onStage = { params: { id: pipeline.id, stage_id: stage?.id ?? '' } }
  const onRequest = { params: { id: request_id } }
  const aboutLead = { object: 'lead', record_id: lead.id }
  const onKey = { params: { id: api_key_id } }
  const onImport = { params: { id: import_id } }
  const plan = { mapping: { Name: 'full_name', Email: 'email' } }
  const onField = { params: { id: field_id } }
  const onMember = { params: { user_id } }
  const onInvitation = { params: { id: invitation_id } }
  const {
    account,
    apiKeys,
    customFields,
    identity,
    invitations,
    leads,
    leadContacts,
    members,
    lostReasons,
    pipelines,
    imports,
    privacy,
    search,
    meta,
  } = operations
  const examples = new Map<Operation, Example>([
    [
      identity.register,
      { body: { email: 'new@example.com', password: 'correct horse battery', full_name: 'New' } },
    ],
    [identity.login, { body: { email: 'nobody@example.com', password: 'wrong horse battery' } }],
    [identity.refresh, { body: { refresh_token: 'none' } }],
    [identity.logout, {}],
    [account.verifyEmail, { body: { token: 'none' } }],
    [account.resendVerification, {}],
    [account.requestPasswordReset, { body: { email: 'nobody@example.com' } }],
    [account.resetPassword, { body: { token: 'none', password: 'an unusual horse' } }],
    [
      account.changePassword,
      { body: { current_password: 'not the password', password: 'an unusual horse' } },
    ],
    [account.preferences, {}],
    [account.updatePreferences, { body: { week_start: 'monday' } }],
    [account.remove, { body: { password: 'not the password' } }],
    [account.sessions, {}],
    [account.revokeSession, { params: { id: '01980000-0000-7000-8000-000000000000' } }],
    [account.revokeOtherSessions, {}],
    ...pushExamples,
    [identity.switchOrganization, { body: { organization_id } }],
    [identity.me, {}],
    [identity.updateMe, { body: { full_name: 'Person' } }],
    [identity.createOrganization, { body: { name: 'Second' } }],
    [identity.currentOrganization, {}],
    [identity.updateOrganization, { body: { name: 'Renamed' } }],
    [members.list, {}],
    [members.get, onMember],
    [members.assignableRoles, {}],
    [members.update, { ...onMember, body: { role: 'viewer' } }],
    [members.deactivate, onMember],
    [members.handOver, { ...onMember, body: { strategy: 'rules' } }],
    [members.previewHandOver, { ...onMember, body: { strategy: 'rules' } }],
    [members.restore, onMember],
    [members.transferOwnership, { body: { user_id, password: 'wrong horse battery' } }],
    [members.leave, { params: { organization_id: unknown_id } }],
    [invitations.list, {}],
    [invitations.create, { body: { email: 'guest@example.com', role: 'sales' } }],
    [invitations.resend, onInvitation],
    [invitations.revoke, onInvitation],
    [invitations.inspect, { body: { token: 'none' } }],
    [invitations.accept, { body: { token: 'none' } }],
    [invitations.mine, {}],
    [invitations.acceptMine, { params: { id: unknown_id } }],
    [invitations.decline, { params: { id: unknown_id } }],
    [operations.roles.list, {}],
    [operations.roles.create, { body: { name: 'Second example', from: 'sales' } }],
    [operations.roles.get, { params: { id: role_id } }],
    [operations.roles.update, { params: { id: role_id }, body: { name: 'Renamed example' } }],
    [operations.roles.remove, { params: { id: role_id } }],
    [operations.teams.list, {}],
    [operations.teams.create, { body: { name: 'Second example' } }],
    [operations.teams.get, { params: { id: team_id } }],
    [operations.teams.update, { params: { id: team_id }, body: { name: 'Renamed example' } }],
    [operations.teams.remove, { params: { id: team_id } }],
    ...recordExamples(operations.leads, lead, { full_name: 'Grace' }),
    ...recordExamples(operations.contacts, contact, { full_name: 'Grace' }),
    ...recordExamples(operations.companies, company, { name: 'Grace Ltd.' }),
    ...recordExamples(operations.deals, deal, { name: 'Renewal' }),
    ...recordExamples(operations.products, product, { name: 'Support' }),
    ...recordExamples(operations.customRecords, own_record, { name: 'Van' }, { object: own_object.key }),
    ...workExamples(work, user_id),
    ...ownObjectExamples(own_object),
    ...dealExamples({ deal, line_id }, { contact, company }),
    ...analyticsExamples(goal_id),
    ...followUpExamples(follow_up_id, { lead, contact, deal }),
    ...timelineExamples(activity_id, lead.id),
    ...keptExamples(kept, lead.id),
    [leadContacts.list, onLead],
    [leadContacts.link, { ...onLead, body: { contact_id: contact.id, part: 'User' } }],
    [leadContacts.change, { ...onLink, body: { part: 'User' } }],
    [leadContacts.unlink, onLink],
    [leadContacts.leads, { params: { id: contact.id } }],
    [leads.moveStage, { ...onLead, body: { stage_id: stage?.id, version: lead.version } }],
    [pipelines.list, {}],
    [pipelines.create, { body: { name: 'Partners' } }],
    [pipelines.get, onPipeline],
    [pipelines.update, { ...onPipeline, body: { name: 'Sales', version: pipeline.version } }],
    [pipelines.remove, onPipeline],
    [pipelines.board, onPipeline],
    [lostReasons.get, {}],
    [lostReasons.set, { body: { reasons: ['Price', 'Moved away'] } }],
    [customFields.list, {}],
    [
      customFields.create,
      { body: { object: 'lead', key: 'example', label: 'Example', type: 'select', options: ['One', 'Two'] } },
    ],
    [customFields.get, onField],
    [customFields.checkFormula, { body: { object: 'lead', formula: 'estimated_value * 2' } }],
    [customFields.update, { ...onField, body: { label: 'Renamed', version: 1 } }],
    [customFields.remove, onField],
    [pipelines.addStage, { ...onPipeline, body: { name: 'Demo' } }],
    [pipelines.updateStage, { ...onStage, body: { name: 'Fresh', version: stage?.version } }],
    [pipelines.removeStage, onStage],
    [operations.conversion.get, onLead],
    [operations.conversion.convert, { ...onLead, body: { deal: null } }],
    [operations.conversion.undo, { ...onLead, body: {} }],
    [operations.tags.list, {}],
    [operations.tags.create, { body: { name: 'Second example' } }],
    [operations.tags.usage, {}],
    [operations.tags.update, { params: { id: tag_id }, body: { name: 'Renamed example' } }],
    [operations.tags.remove, { params: { id: tag_id } }],
    [operations.tags.merge, { body: { ids: [merged_tag_id], winner_id: tag_id } }],
    [imports.list, {}],
    [imports.upload, multipart],
    [imports.validate, { ...onImport, body: plan }],
    [imports.start, { ...onImport, body: plan }],
    [imports.get, onImport],
    [imports.pause, onImport],
    [imports.resume, onImport],
    [imports.undo, onImport],
    [imports.kept, onImport],
    [imports.reread, { ...onImport, body: { delimiter: ';' } }],
    [imports.cancel, onImport],
    [imports.errorFile, onImport],
    ...duplicateExamples({ duplicate_id, merge_id }),
    [operations.jobs.list, {}],
    [operations.jobs.get, { params: { id: job_id } }],
    [operations.jobs.cancel, { params: { id: job_id } }],
    [operations.jobs.undo, { params: { id: job_id } }],
    [operations.undo.peek, {}],
    [operations.undo.undo, { body: {} }],
    [privacy.consents, { query: `object=lead&record_id=${lead.id}` }],
    [
      privacy.recordConsent,
      { body: { ...aboutLead, purpose: 'marketing', channel: 'email', state: 'granted', source: 'Form' } },
    ],
    [privacy.findPerson, { body: { record: { object: 'lead', id: lead.id } } }],
    [privacy.requests, {}],
    [
      privacy.createRequest,
      { body: { kind: 'person_export', object: 'lead', record_ids: [lead.id], reason: 'Asked by mail' } },
    ],
    [privacy.request, onRequest],
    [privacy.requestFile, onRequest],
    [privacy.retentionRules, {}],
    [privacy.setRetentionRules, { body: { rules: [{ kind: 'trashed_leads', days: 30 }] } }],
    [privacy.transfers, {}],
    [privacy.recordTransfer, { body: { recipient: 'Tax office', purpose: 'Audit' } }],
    [privacy.exportOrganization, { body: { reason: 'Moving house' } }],
    [apiKeys.list, {}],
    [apiKeys.create, { body: exampleKey }],
    [apiKeys.updateScopes, { ...onKey, body: { scopes: ['leads:read'] } }],
    [apiKeys.rotate, { ...onKey, body: {} }],
    [apiKeys.revoke, onKey],
    [operations.audit.list, {}],
    [operations.audit.export, {}],
    [operations.views.list, { query: 'object=lead' }],
    [operations.views.create, { body: exampleView }],
    [operations.views.get, { params: { id: view_id } }],
    [operations.views.update, { params: { id: view_id }, body: { name: 'Ours' } }],
    [operations.views.remove, { params: { id: view_id } }],
    [search.search, { query: 'q=ada' }],
    [operations.featureFlags.get, {}],
    [operations.featureFlags.update, { body: { search: true } }],
    ...signInExamples,
    [meta.get, {}],
    [meta.openApi, {}],
  ])
  const example = examples.get(operation)
  if (!example) throw new Error(`There is no example request for ${operation.method} ${operation.path}.`)
  return example
}

export function exampleRequest(operation: Operation, examples: Examples): ExampleRequest {
  const { params = {}, query, body, headers } = exampleOf(operation, examples)
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  return { path: query ? `${path}?${query}` : path, body, ...(headers ? { headers } : {}) }
}
