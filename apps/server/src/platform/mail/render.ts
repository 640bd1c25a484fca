/** Words to what is sent: a header-safe subject, plain text, and HTML that every mail program shows. */
import type { MailLanguage, MailWords } from './template.ts'

export type RenderedMail = { subject: string; text: string; html: string; unsubscribe_url?: string }

const longestSubject = 200

/** One line without control characters: nothing in a name can start a header of its own. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const oneLine = (text: string) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

export function renderMail(words: MailWords, language: MailLanguage): RenderedMail {
  return {
    subject: oneLine(words.subject).slice(0, longestSubject),
    text: textOf(words),
    html: htmlOf(words, language),
  }
}

function textOf({ paragraphs, action, note }: MailWords): string {
  const parts = [
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(note ? [note] : []),
  ]
  return `${parts.join('\n\n')}\n\n-- \nRapport\n`
}

const paragraph = (text: string, style: string) =>
  `<p style="margin:0 0 16px;${style}">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`

function htmlOf({ subject, paragraphs, action, note }: MailWords, language: MailLanguage): string {
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#4f46e5;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(action.label)}</a></p>`
    : ''
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(subject))}</title></head>`,
    '<body style="margin:0;padding:32px 16px;background:#f7f7f8;color:#18181b;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif">',
    '<div style="max-width:480px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e4e4e7;border-radius:8px">',
    '<p style="margin:0 0 20px;font-weight:700">Rapport</p>',
    ...paragraphs.map((text) => paragraph(text, '')),
    button,
    note ? paragraph(note, 'color:#71717a;font-size:13px') : '',
    '</div></body></html>',
  ].join('')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
