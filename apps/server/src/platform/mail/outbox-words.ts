/** The words of the outbox page, in every language, chosen by what the browser asks for. */
import type { MailLanguage } from './template.ts'

const en = {
  outbox: 'Outbox',
  kept: 'SMTP_URL is not set: mails are not sent but kept here for a week.',
  sending: 'Mails are sent through SMTP. Their text is deleted once they are sent.',
  empty: 'No mail yet.',
  time: 'Time (UTC)',
  to: 'To',
  subject: 'Subject',
  state: 'State',
  back: 'All mails',
  gone: 'The text was deleted after the mail was sent or given up.',
  error: 'Last error',
  states: { queued: 'queued', sent: 'sent', failed: 'failed', kept: 'kept' },
}
type Words = typeof en

const ptBR: Words = {
  outbox: 'Caixa de saída',
  kept: 'SMTP_URL não está definida: os e-mails não são enviados, mas guardados aqui por uma semana.',
  sending: 'Os e-mails são enviados por SMTP. O texto é apagado depois do envio.',
  empty: 'Nenhum e-mail ainda.',
  time: 'Hora (UTC)',
  to: 'Para',
  subject: 'Assunto',
  state: 'Estado',
  back: 'Todos os e-mails',
  gone: 'O texto foi apagado depois que o e-mail foi enviado ou abandonado.',
  error: 'Último erro',
  states: { queued: 'na fila', sent: 'enviado', failed: 'falhou', kept: 'guardado' },
}

export const outboxWords: Record<MailLanguage, Words> = { en, 'pt-BR': ptBR }

export const languageOf = (acceptLanguage: string | undefined): MailLanguage =>
  /^\s*pt\b/i.test(acceptLanguage ?? '') ? 'pt-BR' : 'en'
