/**
 * The OpenAPI document as one caller has it: the public one, in which the values of own fields are told field by
 * field. The public part is text that is made once; of an organization only the schemas of its fields are kept.
 */
import { customPrefix, mayEdit, ownValuesMark } from '@rapport/contracts'
import { scopeOf, type Actor } from '../actor.ts'
import { findRecords, seenBy, type RecordDescription } from '../lists/index.ts'
import { ownFieldSchema } from './own-field-schema.ts'

type Json = Record<string, unknown>
type Use = 'new' | 'changed' | 'told'
/** What the public document says in the place of the values: any, under keys of any name. */
type Mark = { use: Use; object: string; anything: Json }
type Template = { before: string; after: string; marks: ReadonlyMap<string, Mark> }

const slot = 'schemas of own values'

export function ownDocuments(publicDocument: () => Json): (actor: Actor) => string {
  let template: Template | undefined
  return (actor) => {
    const { before, after, marks } = (template ??= cut(publicDocument()))
    const schemas = [...marks].map(([name, mark]) => `"${name}":${schemaText(actor, mark)}`)
    return before + schemas.join(',') + after
  }
}

/** Puts a reference in each place of own values, and finds where the schemas that they refer to are to stand. */
function cut(document: Json): Template {
  const marks = new Map<string, Mark>()
  const components = document['components'] as { schemas: Json }
  const slotted = { ...components, schemas: { ...components.schemas, [slot]: null } }
  const refer = (_key: string, value: unknown): unknown => {
    const mark = markOf(value)
    if (!mark) return value
    const name = `${mark.use}_${mark.object}_custom`
    marks.set(name, mark)
    return { $ref: `#/components/schemas/${name}` }
  }
  const text = JSON.stringify({ ...document, components: slotted }, refer)
  const [before, after] = text.split(`"${slot}":null`)
  if (before === undefined || after === undefined) throw new Error('The document has lost its schemas.')
  return { before, after, marks }
}

function markOf(value: unknown): Mark | null {
  if (typeof value !== 'object' || value === null) return null
  const { [ownValuesMark]: mark, ...anything } = value as Json
  if (typeof mark !== 'string') return null
  const [use, object] = mark.split(' ')
  return { use: use as Use, object: object ?? '', anything }
}

const made = new WeakMap<RecordDescription, Map<Use, string>>()

/** A view of records is the same as long as the fields and the rules of the role are, so its schemas are, too. */
function schemaText(actor: Actor, mark: Mark): string {
  const described = findRecords(mark.object, actor)
  if (!described || scopeOf(actor, described.permissions.read) === undefined)
    return JSON.stringify(mark.anything)
  const view = seenBy(described, actor)
  const texts = made.get(view) ?? new Map<Use, string>()
  made.set(view, texts)
  const text = texts.get(mark.use) ?? JSON.stringify(schemaOf(view, actor, mark))
  texts.set(mark.use, text)
  return text
}

function schemaOf({ object, own }: RecordDescription, { field_rules }: Actor, { use, anything }: Mark): Json {
  const fields = [...own.values()].flatMap((field) => field.own ?? [])
  const told = use === 'told'
  const shown = fields.filter(
    ({ key, type }) => told || (type !== 'formula' && mayEdit(field_rules, object, customPrefix + key)),
  )
  const needed = use === 'new' ? shown.filter((field) => field.required && field.default_value === null) : []
  const schemas = shown.map((field) => [field.key, ownFieldSchema(field, !told && !needed.includes(field))])
  return {
    ...anything,
    properties: Object.fromEntries(schemas) as Json,
    ...(needed.length > 0 ? { required: needed.map(({ key }) => key) } : {}),
  }
}
