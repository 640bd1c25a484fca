/**
 * What a log must never hold, taken out by name and by form, whoever puts it in. The places that log say little to
 * begin with; this is for the error that quotes its input and the field that somebody adds in a hurry.
 */
const hidden = '[redacted]'

/** Names of fields whose value is a secret. Ids and times of such things are none. */
const secretName =
  /passw|secret|token|authorization|cookie|api_?key|private_?key|credential|recovery_?code|challenge|^(otp|totp|code|pin|key|dsn)$|_url$/i
const plainName = /_(id|at|count|bytes|ms|s)$/i

/** Secrets by their form, wherever they are in a text. */
const forms: [RegExp, string][] = [
  // user:password@ in an address
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${hidden}@`],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
  // JSON Web Tokens
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, hidden],
  // parameters of an address, before and behind the #
  [
    /([?&#](?:[\w-]*(?:token|secret|password|signature|challenge)|code|state|key|otp)=)[^&\s"'<>]+/gi,
    `$1${hidden}`,
  ],
  // API keys, and whatever else is long and random: cookies, refresh tokens, seeds
  [/\brap_\w{8,}/g, hidden],
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{40,}/g, hidden],
]

const longestText = 8_000
const deepest = 6
const mostEntries = 100
/** Of the errors that one stands for. */
const mostErrors = 10

export function redactText(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  return forms.reduce((told, [form, instead]) => told.replace(form, instead), cut)
}

/** A copy without secrets, bounded in depth and size. Errors keep what they are, as `redactError` tells them. */
export function redactFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .slice(0, mostEntries)
      .map(([name, value]) => [name, isSecret(name, value) ? hidden : redactValue(value, depth)]),
  )
}

const isSecret = (name: string, value: unknown) =>
  value !== null &&
  value !== undefined &&
  typeof value !== 'boolean' &&
  secretName.test(name) &&
  !plainName.test(name)

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (value instanceof Error) return redactError(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (depth >= deepest) return '[deeper]'
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, mostEntries).map((one) => redactValue(one, depth + 1))
  return redactFields(value as Record<string, unknown>, depth + 1)
}

type ToldError = {
  type: string
  message: string
  stack?: string
  code?: string
  cause?: ToldError
  errors?: ToldError[]
}

/**
 * Type, message, stack and code alone: a database error also carries the row it failed on, and an HTTP error the
 * whole request with its headers.
 */
export function redactError(error: Error, depth = 0): ToldError {
  const { name, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  return {
    type: name,
    message: redactText(message),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(cause instanceof Error && depth < deepest ? { cause: redactError(cause, depth + 1) } : {}),
    ...(error instanceof AggregateError && depth < deepest ? { errors: redactErrors(error, depth) } : {}),
  }
}

const redactErrors = ({ errors }: AggregateError, depth: number): ToldError[] =>
  errors.slice(0, mostErrors).flatMap((one) => (one instanceof Error ? [redactError(one, depth + 1)] : []))
