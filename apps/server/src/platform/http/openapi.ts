/** The OpenAPI 3.1 document, made from the declared routes: what validates requests is what is documented. */
import { Problem, type Operation } from '@rapport/contracts'
import { z } from 'zod'
import { problemsPath } from '../problem-catalogue.ts'
import type { DeclaredRoute } from './api.ts'
import { isWithinTenant, type Access } from './route.ts'

type Json = Record<string, unknown>

export function openApiDocument(
  routes: DeclaredRoute[],
  version: string,
  groups: Record<string, Record<string, Operation>>,
): Json {
  const names = operationIds(groups)
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = (paths[`/api${route.operation.path}`] ??= {})
    path[route.operation.method.toLowerCase()] = describe(route, names.get(route.operation))
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Rapport', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    externalDocs: { description: 'What every error code means, and what to do about it', url: problemsPath },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Access token of /api/auth/login, or an API key (rap_…) where no log-in is needed',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'rapport_session' },
      },
    },
  }
}

const description =
  `Errors are RFC 9457 problem details; [every code is explained](${problemsPath}), and \`type\` leads there. ` +
  'Tenant routes name their organization in X-Org-Id; with an API key it may be left out. ' +
  'Lists are paged by cursor; changes carry the version they were made on.'

function operationIds(
  groups: Record<string, Record<string, Operation>>,
): Map<Operation, { id: string; tag: string }> {
  const names = new Map<Operation, { id: string; tag: string }>()
  for (const [tag, group] of Object.entries(groups))
    for (const [name, operation] of Object.entries(group)) names.set(operation, { id: `${tag}.${name}`, tag })
  return names
}

function describe({ operation, allow }: DeclaredRoute, name: { id: string; tag: string } | undefined): Json {
  return {
    operationId: name?.id,
    tags: name ? [name.tag] : [],
    summary: operation.summary,
    ...(allow === 'public' ? { security: [] } : {}),
    'x-permission': allow,
    parameters: parametersOf(operation, allow),
    ...(operation.body ? { requestBody: bodyOf(operation) } : {}),
    responses: responsesOf(operation, allow),
  }
}

function parametersOf(operation: Operation, allow: Access): Json[] {
  const parameters = [...fieldsOf(operation.params, 'path'), ...fieldsOf(operation.query, 'query')]
  const header = (name: string, required: boolean, schema: Json) => ({ name, in: 'header', required, schema })
  if (isWithinTenant(allow)) parameters.push(header('X-Org-Id', true, { type: 'string', format: 'uuid' }))
  if (operation.method === 'POST' && !operation.multipart)
    parameters.push(header('Idempotency-Key', false, { type: 'string', maxLength: 255 }))
  return parameters
}

function fieldsOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...(property['description'] ? { description: property['description'] } : {}),
  }))
}

function bodyOf(operation: Operation): Json {
  const schema = schemaOf(operation.body as z.ZodType, 'input')
  if (!operation.multipart) return { required: true, content: { 'application/json': { schema } } }
  const properties = {
    ...(schema['properties'] as Json),
    file: { type: 'string', contentMediaType: 'application/octet-stream' },
  }
  return {
    required: true,
    content: { 'multipart/form-data': { schema: { ...schema, properties, required: ['file'] } } },
  }
}

const refusals = {
  400: 'Malformed request',
  401: 'No or bad credentials',
  403: 'Not a member, or no permission',
  404: 'Not found, also for an id of another organization',
  409: 'Version or state conflict',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Invalid input; errors names each place',
  429: 'Too many requests; Retry-After says when',
  502: 'An outside service that this needs does not answer',
  503: 'Maintenance: nothing can be changed for a while; Retry-After says when to try again',
} as const

/** What every operation of its kind may refuse with, and what this one adds. */
function refusalsOf(operation: Operation, allow: Access): number[] {
  const changes = operation.method !== 'GET'
  return [
    400,
    ...(allow === 'public' ? [] : [401, 403]),
    ...(operation.params ? [404] : []),
    ...(changes ? [409, 413, 415] : []),
    ...(operation.query || operation.params ? [414] : []),
    422,
    429,
    ...(changes && !operation.during_maintenance ? [503] : []),
    ...(operation.problems ?? []),
  ]
}

function responsesOf(operation: Operation, allow: Access): Json {
  const problem = (text: string) => ({
    description: text,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  const content = operation.media
    ? { [operation.media]: { schema: { type: 'string' } } }
    : operation.reply && { 'application/json': { schema: schemaOf(operation.reply, 'output') } }
  const refused = refusalsOf(operation, allow).map((status): [number, Json] => [
    status,
    problem(refusals[status as keyof typeof refusals]),
  ])
  return {
    [operation.status ?? 200]: { description: 'Done', ...(content ? { content } : {}) },
    ...Object.fromEntries(refused),
  }
}

/** zod's own JSON Schema (draft 2020-12, as OpenAPI 3.1 wants it); what has no JSON form becomes "anything". */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
