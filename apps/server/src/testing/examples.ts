/** A valid request for every operation, on records that exist: what the route-wide tests send. */
import { operations, type Import, type Lead, type Operation, type Pipeline } from '@rapport/contracts'
import type { Caller } from './app.ts'

export type Examples = { organization_id: string; lead: Lead; pipeline: Pipeline; import_id: string }
export type ExampleRequest = { path: string; body?: unknown; headers?: Record<string, string> }

export async function makeExamples(owner: Caller): Promise<Examples> {
  const lead = await owner.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada Example' } })
  const pipelines = await owner.call<{ items: Pipeline[] }>('GET', '/crm/pipelines')
  const upload = await owner.call<Import>('POST', '/crm/imports', multipart)
  const [pipeline] = pipelines.body.items
  if (lead.status !== 201 || !pipeline || upload.status !== 201)
    throw new Error(`The examples could not be made: ${lead.text} ${pipelines.text} ${upload.text}`)
  return {
    organization_id: owner.session.organization.id,
    lead: lead.body,
    pipeline,
    import_id: upload.body.id,
  }
}

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

type Example = {
  params?: Record<string, string>
  query?: string
  body?: unknown
  headers?: Record<string, string>
}

/** One entry an operation; a new operation without one fails the tests. */
function exampleOf(operation: Operation, { lead, pipeline, import_id, organization_id }: Examples): Example {
  const onLead = { params: { id: lead.id } }
  const onPipeline = { params: { id: pipeline.id } }
  const stage = pipeline.stages[0]
  const onStage = { params: { id: pipeline.id, stage_id: stage?.id ?? '' } }
  const onImport = { params: { id: import_id } }
  const plan = { mapping: { Name: 'full_name', Email: 'email' } }
  const { identity, leads, pipelines, imports, search, meta } = operations
  const examples = new Map<Operation, Example>([
    [
      identity.register,
      { body: { email: 'new@example.com', password: 'correct horse battery', full_name: 'New' } },
    ],
    [identity.login, { body: { email: 'nobody@example.com', password: 'wrong horse battery' } }],
    [identity.refresh, { body: { refresh_token: 'none' } }],
    [identity.logout, {}],
    [identity.switchOrganization, { body: { organization_id } }],
    [identity.me, {}],
    [identity.updateMe, { body: { full_name: 'Person' } }],
    [identity.createOrganization, { body: { name: 'Second' } }],
    [identity.currentOrganization, {}],
    [identity.updateOrganization, { body: { name: 'Renamed' } }],
    [identity.members, {}],
    [leads.list, {}],
    [leads.create, { body: { full_name: 'Grace' } }],
    [leads.get, onLead],
    [leads.update, { ...onLead, body: { full_name: 'Grace', version: lead.version } }],
    [leads.remove, onLead],
    [leads.restore, onLead],
    [leads.assign, { ...onLead, body: { owner_id: null } }],
    [leads.moveStage, { ...onLead, body: { stage_id: stage?.id, version: lead.version } }],
    [leads.timeline, onLead],
    [leads.activities, onLead],
    [leads.logActivity, { ...onLead, body: { type: 'note', body: 'Called.' } }],
    [pipelines.list, {}],
    [pipelines.create, { body: { name: 'Partners' } }],
    [pipelines.get, onPipeline],
    [pipelines.update, { ...onPipeline, body: { name: 'Sales', version: pipeline.version } }],
    [pipelines.remove, onPipeline],
    [pipelines.board, onPipeline],
    [pipelines.addStage, { ...onPipeline, body: { name: 'Demo' } }],
    [pipelines.updateStage, { ...onStage, body: { name: 'Fresh', version: stage?.version } }],
    [pipelines.removeStage, onStage],
    [imports.list, {}],
    [imports.upload, multipart],
    [imports.validate, { ...onImport, body: plan }],
    [imports.start, { ...onImport, body: plan }],
    [imports.get, onImport],
    [imports.cancel, onImport],
    [imports.errorFile, onImport],
    [search.search, { query: 'q=ada' }],
    [meta.get, {}],
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
