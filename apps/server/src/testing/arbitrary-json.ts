/** Values for a JSON Schema (draft 2020-12): mostly what it describes, now and then at its edges or beyond. */
import fc from 'fast-check'

export type Schema = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

/** @param ids what stands for a UUID: ids of records that exist, here and elsewhere. */
export function arbitraryJson(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const valid = described(schema, ids)
  return fc.oneof({ weight: 9, arbitrary: valid }, { weight: 1, arbitrary: rubbish })
}

const awkward = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '🦄'.repeat(20),
  "'; DROP TABLE leads; --",
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '%00%ff',
  '=cmd|calc',
  'NaN',
  '-1',
  '1e999',
  '9007199254740993',
  '2026-02-30T25:61:61Z',
  '\u202eevil',
  'x'.repeat(5000),
]

const rubbish: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, [], {}, [[]], { a: { b: {} } }, ...awkward),
  fc.jsonValue({ maxDepth: 2 }),
)

function described(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices && choices.length > 0) return fc.oneof(...choices.map((choice) => arbitraryJson(choice, ids)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return describedObject(schema, ids)
  if (type === 'array')
    return fc.array(arbitraryJson(schema.items ?? {}, ids), {
      minLength: schema.minItems ?? 0,
      maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
    })
  if (type === 'string') return describedText(schema, ids)
  if (type === 'integer' || type === 'number') return describedNumber(schema, type)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  return rubbish
}

function describedObject(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const properties = schema.properties ?? {}
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, arbitraryJson(value, ids)])),
    { requiredKeys: schema.required ?? [] },
  )
  const more =
    typeof schema.additionalProperties === 'object'
      ? fc.dictionary(
          fc.oneof(fc.constantFrom('a', 'key_1', ...awkward.slice(0, 12)), fc.string()),
          arbitraryJson(schema.additionalProperties, ids),
          {
            maxKeys: 3,
          },
        )
      : fc.constant({})
  const stranger = fc.option(fc.constant({ no_such_field: 1 }), { nil: {}, freq: 12 })
  return fc.tuple(known, more, stranger).map(([own, others, strange]) => ({ ...others, ...own, ...strange }))
}

function describedText(schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const { format, minLength = 0, maxLength = 60 } = schema
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid({ version: 7 }))
  if (format === 'email') return fc.emailAddress()
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') })
      .map((date) => date.toISOString())
  if (format === 'uri') return fc.webUrl()
  const most = Math.min(maxLength, Math.max(minLength, 60))
  return fc.oneof(
    fc.string({ minLength: Math.min(minLength, 300), maxLength: Math.max(most, Math.min(minLength, 300)) }),
    fc.constantFrom(...awkward),
  )
}

function describedNumber(schema: Schema, type: 'integer' | 'number'): fc.Arbitrary<number> {
  const { minimum = -1_000_000, maximum = 1_000_000 } = schema
  const min = Math.max(minimum, Number.MIN_SAFE_INTEGER)
  const max = Math.max(min, Math.min(maximum, Number.MAX_SAFE_INTEGER))
  return type === 'integer'
    ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    : fc.double({ min, max, noNaN: true })
}
