/**
 * Preloaded (--import) into a product server that is not measured: remembers every statement it sends, with its
 * parameters, so that the bare server can send literally the same ones. Asked over IPC: `clear`, then `take`.
 */
import pg from 'pg'

/** `name`: the product keeps it prepared. */
export type Statement = { text: string; values: unknown[]; name?: string }
export type SentStatement = Statement & { connection: number }
export type CaptureReply = { statements: SentStatement[] }

let statements: SentStatement[] = []
const connections = new WeakMap<object, number>()
let connected = 0

type Query = (this: pg.Client, config: unknown, values?: unknown, ...rest: unknown[]) => unknown
const prototype = pg.Client.prototype as unknown as { query: Query }
const send = prototype.query

prototype.query = function query(config, values, ...rest) {
  const {
    text,
    name,
    values: own,
  } = typeof config === 'string' ? { text: config } : (config as Partial<Statement>)
  if (!connections.has(this)) connections.set(this, connected++)
  const connection = connections.get(this) as number
  if (text !== undefined) {
    const given = Array.isArray(values) ? values : (own ?? [])
    statements.push({ text, values: given, connection, ...(name === undefined ? {} : { name }) })
  }
  return send.call(this, config, values, ...rest)
}

process.on('message', (message) => {
  if (message === 'clear') statements = []
  if (message === 'take') process.send?.({ statements } satisfies CaptureReply)
})
