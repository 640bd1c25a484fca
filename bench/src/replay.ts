/** From one request to the product, what the bare server has to send to do the same work in the database. */
import { once } from 'node:events'
import type { CaptureReply, SentStatement, Statement } from './capture.ts'
import type { Running } from './processes.ts'

export type ReplayStatement = Statement
export type Replay = {
  statements: ReplayStatement[]
  /** What is answered: one column of the only row as it is, or else all rows as JSON. */
  answer: { statement: number; column: string | null }
  /** Ids that the product made for this request: each replay makes its own. */
  fresh: string[]
  /** The id that each replayed request names instead. */
  given: string | null
}

export type Call = { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown }
export type Member = { headers: Record<string, string>; organization_id: string; user_id: string }

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** From then on nothing has to be loaded first, and what is asked often is kept prepared. */
const warm = 25

/** Sends the request until it is served as it always will be, and answers its transaction. */
export async function captureRead(capturing: Running, member: Member, call: Call): Promise<Replay> {
  for (let sent = 0; sent < warm; sent++) await request(capturing, member, call)
  const statements = await transactionOf(capturing, member, call)
  const answer = statements.length - 2 // just before the COMMIT
  return {
    statements,
    answer: { statement: answer, column: columnOf(statements[answer]) },
    fresh: [],
    given: null,
  }
}

/** `known` are the ids that already exist; others in the parameters were made for this request. */
export async function captureWrite(
  capturing: Running,
  member: Member,
  call: Call,
  known: string[],
  given: string | null,
): Promise<Replay> {
  const statements = await transactionOf(capturing, member, call)
  const ids = new Set(JSON.stringify(statements.map(({ values }) => values)).match(uuid))
  for (const id of [...known, member.organization_id, member.user_id, given]) if (id) ids.delete(id)
  const answer = statements.findIndex(({ text }) => /^\s*(INSERT INTO|UPDATE) "?leads\b/i.test(text))
  if (answer < 0) throw new Error('The captured request changes no lead.')
  return { statements, answer: { statement: answer, column: null }, fresh: [...ids], given }
}

async function transactionOf(capturing: Running, member: Member, call: Call): Promise<Statement[]> {
  capturing.process.send('clear')
  await request(capturing, member, call)
  const reply = once(capturing.process, 'message')
  capturing.process.send('take')
  const [{ statements }] = (await reply) as [CaptureReply]
  // The last one: before it, the request may have loaded who is asking.
  const binding = statements.findLast(
    ({ text, values }) => isBinding(text) && values.includes(member.organization_id),
  )
  const own = statements.filter(({ connection }) => connection === binding?.connection)
  const begin = own.indexOf(binding as SentStatement) - 1
  const end = own.findIndex(({ text }, place) => place > begin && text === 'COMMIT')
  if (begin < 0 || end < 0) throw new Error(`No tenant transaction was seen for ${call.method} ${call.path}.`)
  return own.slice(begin, end + 1).map(({ connection: _, ...statement }) => statement)
}

const isBinding = (text: string) => text.startsWith("SELECT set_config('rapport.organization_id'")

/** The column that carries the JSON text of an answer. */
function columnOf(statement: Statement | undefined): string | null {
  if (!statement) throw new Error('The captured request reads nothing.')
  return ['items', 'lead'].find((name) => new RegExp(`\\bAS ${name}\\b`).test(statement.text)) ?? null
}

export async function request(
  server: Running,
  member: Member,
  { method, path, body }: Call,
): Promise<unknown> {
  const reply = await fetch(`${server.url}/api${path}`, {
    method,
    headers: {
      ...member.headers,
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body),
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text.slice(0, 500)}`)
  return text === '' ? null : (JSON.parse(text) as unknown)
}
