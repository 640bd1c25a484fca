/**
 * /operator/outbox: what was mailed to whom, and the text of mails that are kept because no SMTP server is
 * configured. Outside /api, for the operator alone: these texts open accounts.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { OperatorPages } from '../http/operator-page.ts'
import { notFound } from '../problems.ts'
import type { Secrets } from '../secrets/index.ts'
import type { SystemTx, Tenancy } from '../tenancy.ts'
import { openContent } from './mail.ts'
import { languageOf, outboxWords } from './outbox-words.ts'
import { escapeHtml } from './render.ts'
import type { MailLanguage } from './template.ts'

const path = '/operator/outbox'
const shown = 200
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Parts = {
  app: FastifyInstance
  pages: OperatorPages
  tenancy: Pick<Tenancy, 'inSystem'>
  secrets: Pick<Secrets, 'open'>
  /** Whether mails leave this installation. */
  sends: boolean
  publicUrl: string
}

export function serveOutbox({ app, pages, tenancy, secrets, sends, publicUrl }: Parts): void {
  app.get(path, async (request, reply) => {
    if (await pages.admit(request, reply)) return reply
    const mails = await tenancy.inSystem(listMails)
    const language = languageOf(request.headers['accept-language'])
    return sendPage(reply, language, listHtml(mails, language, sends))
  })

  app.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    if (await pages.admit(request, reply)) return reply
    const { id } = request.params
    const mail = uuid.test(id) ? await tenancy.inSystem((tx) => findMail(tx, id)) : undefined
    if (!mail) throw notFound('mail', id.slice(0, 64))
    const language = languageOf(request.headers['accept-language'])
    const text = mail.content === null ? null : openContent(secrets, id, mail.content).text
    return sendPage(reply, language, mailHtml(mail, text, language, publicUrl))
  })

  app.get(`${path}.css`, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(css),
  )
}

const columns = ['id', 'created_at', 'recipient', 'subject', 'state', 'last_error'] as const
type Row = {
  id: string
  created_at: string
  recipient: string
  subject: string
  state: string
  last_error: string | null
}

const listMails = (tx: SystemTx): Promise<Row[]> =>
  tx.selectFrom('outgoing_mails').select(columns).orderBy('id', 'desc').limit(shown).execute()

const findMail = (tx: SystemTx, id: string) =>
  tx
    .selectFrom('outgoing_mails')
    .select([...columns, 'content'])
    .where('id', '=', id)
    .executeTakeFirst()

function sendPage(reply: FastifyReply, language: MailLanguage, main: string): FastifyReply {
  const { outbox } = outboxWords[language]
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${outbox} · Rapport</title><link rel="stylesheet" href="${path}.css">`
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      `<!doctype html><html lang="${language}"><head>${head}</head><body><main>${main}</main></body></html>`,
    )
}

const stateOf = (state: string, language: MailLanguage): string => {
  const { states } = outboxWords[language]
  return state in states ? states[state as keyof typeof states] : state
}

function listHtml(mails: Row[], language: MailLanguage, sends: boolean): string {
  const words = outboxWords[language]
  const rows = mails.map(
    ({ id, created_at, recipient, subject, state }) =>
      `<tr><td>${escapeHtml(created_at.slice(0, 19).replace('T', ' '))}</td><td>${escapeHtml(recipient)}</td>` +
      `<td><a href="${path}/${id}">${escapeHtml(subject)}</a></td><td>${stateOf(state, language)}</td></tr>`,
  )
  const head = [words.time, words.to, words.subject, words.state].map(
    (word) => `<th scope="col">${word}</th>`,
  )
  const table = `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
  const note = `<p>${sends ? words.sending : words.kept}</p>`
  return `<h1>${words.outbox}</h1>${note}${rows.length > 0 ? `<div class="wide">${table}</div>` : `<p>${words.empty}</p>`}`
}

function mailHtml(mail: Row, text: string | null, language: MailLanguage, publicUrl: string): string {
  const words = outboxWords[language]
  const facts = [
    [words.to, mail.recipient],
    [words.time, mail.created_at.slice(0, 19).replace('T', ' ')],
    [words.state, stateOf(mail.state, language)],
    ...(mail.last_error === null ? [] : [[words.error, mail.last_error]]),
  ].map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`)
  const body = text === null ? `<p>${words.gone}</p>` : `<pre>${withLinks(text, publicUrl)}</pre>`
  return `<p><a href="${path}">← ${words.back}</a></p><h1>${escapeHtml(mail.subject)}</h1><dl>${facts.join('')}</dl>${body}`
}

/** Addresses of this installation can be followed; all others, which somebody may have put into a name, only read. */
const withLinks = (text: string, publicUrl: string): string =>
  text
    .split(/(https?:\/\/\S+)/)
    .map((piece) => {
      const safe = escapeHtml(piece)
      return piece.startsWith(`${publicUrl}/`) ? `<a href="${safe}" rel="noreferrer">${safe}</a>` : safe
    })
    .join('')

const css = `:root{color-scheme:light dark}
body{margin:0;font:15px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.25rem;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:.5rem .75rem .5rem 0;text-align:left;border-bottom:1px solid #8884;vertical-align:top}
td:first-child,td:last-child{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8884;border-radius:6px;padding:1rem}
@media (max-width:40rem){
thead{position:absolute;clip-path:inset(50%)}
tr{display:block;padding:.5rem 0;border-bottom:1px solid #8884}
td{display:block;padding:0;border:0;overflow-wrap:anywhere}
}
a:focus-visible{outline:2px solid;outline-offset:2px}
`
