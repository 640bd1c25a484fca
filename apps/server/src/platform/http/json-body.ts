/** JSON bodies, with bounds: on their size by route, on their depth, and without keys that reach a prototype. */
import type { Operation } from '@rapport/contracts'
import type { FastifyInstance } from 'fastify'
import { malformed } from '../problems.ts'

const kibibyte = 1024
export const largestBody = 1024 * kibibyte
const smallBody = 64 * kibibyte
/** Filters, mappings and custom fields are the deepest bodies there are, with fewer than ten levels. */
const deepest = 32

/** Whoever is no member yet, and who calls a route that takes no body, is read for less long. */
export function bodyLimitOf(operation: Operation, isTenantRoute: boolean): number {
  return isTenantRoute && operation.body ? largestBody : smallBody
}

/** An empty body counts as none. */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/*+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') return done(null, undefined)
      if (isTooDeep(body as string))
        return done(malformed('json_too_deep', `The body is nested deeper than ${deepest} levels.`))
      return parse(request, body as string, (error, value) =>
        error
          ? done(malformed('json_malformed', `The body is not valid JSON: ${error.message}`))
          : done(null, value),
      )
    },
  )
}

const [quote, backslash, openArray, openObject, closeArray, closeObject] = [34, 92, 91, 123, 93, 125]

/** Looked at before parsing: what walks a value afterwards goes as deep as the value does. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at)
    if (code === quote) at = endOfText(json, at)
    else if (code === openArray || code === openObject) depth += 1
    else if (code === closeArray || code === closeObject) depth -= 1
    if (depth > deepest) return true
  }
  return false
}

/** The closing quote of the text that opens at `start`. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end === -1 ? json.length : end
}

function isEscaped(json: string, at: number): boolean {
  let before = at - 1
  while (json.charCodeAt(before) === backslash) before -= 1
  return (at - before) % 2 === 0
}
