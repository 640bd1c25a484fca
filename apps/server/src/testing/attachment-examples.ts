/** A valid request for files on records. */
import { operations, type Attachment, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

const boundary = 'rapport-piece-boundary'

/** A piece of a file as browsers send it. */
export const pieceForm = (number: number, offset: number, bytes: Buffer) => ({
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: Buffer.concat([
    Buffer.from(
      ['number', 'offset']
        .map(
          (name) =>
            `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${name === 'number' ? number : offset}\r\n`,
        )
        .join(''),
    ),
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="piece"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]),
})

/** The smallest picture there is. */
export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const hello = Buffer.from('Hello')

export async function attachExample(owner: Caller, lead_id: string): Promise<string> {
  const body = { record: { object: 'lead', id: lead_id }, name: 'hello.txt', size: hello.length }
  const made = await owner.call<Attachment>('POST', '/crm/attachments', { body })
  const sent = await owner.call('POST', `/crm/attachments/${made.body.id}/pieces`, pieceForm(1, 0, hello))
  if (sent.status !== 200) throw new Error(`The example file could not be sent: ${made.text} ${sent.text}`)
  return made.body.id
}

export function attachmentExamples(id: string, lead_id: string): [Operation, Example][] {
  const { attachments } = operations
  const onFile = { params: { id } }
  const onVersion = { params: { id, number: '1' } }
  return [
    [attachments.list, { query: `object=lead&record_id=${lead_id}` }],
    [attachments.create, { body: { record: { object: 'lead', id: lead_id }, name: 'offer.pdf', size: 10 } }],
    [attachments.usage, {}],
    [attachments.get, onFile],
    [attachments.announce, { ...onFile, body: { size: 10 } }],
    [attachments.send, { ...onFile, ...pieceForm(1, 0, hello) }],
    [attachments.update, { ...onFile, body: { name: 'point.png' } }],
    [attachments.remove, onFile],
    [attachments.restore, onFile],
    [attachments.content, onVersion],
    [attachments.preview, onVersion],
  ]
}
