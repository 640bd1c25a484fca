/** Generated files of the shapes that people upload, and the calls that bring them in. */
import type { Import, ImportUpload, Lead } from '@rapport/contracts'
import type { Answer, Caller } from '../../testing/app.ts'

type Part = { name: string; value: string | Buffer; file_name?: string }

/** A multipart body, with its parts in the given order. */
export function multipart(parts: Part[]): { body: Buffer; headers: Record<string, string> } {
  const boundary = '----rapport-test'
  const pieces = parts.flatMap(({ name, value, file_name }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file_name === undefined ? '' : `; filename="${file_name}"\r\nContent-Type: text/csv`}\r\n\r\n`,
    value,
    '\r\n',
  ])
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)))
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

export const upload = <Body = ImportUpload>(
  member: Caller,
  file: string | Buffer,
  file_name = 'leads.csv',
): Promise<Answer<Body>> => uploadOf<Body>(member, 'lead', file, file_name)

export function uploadOf<Body = ImportUpload>(
  member: Caller,
  object: string,
  file: string | Buffer,
  file_name = `${object}.csv`,
): Promise<Answer<Body>> {
  return member.call<Body>(
    'POST',
    '/crm/imports',
    multipart([
      { name: 'object', value: object },
      { name: 'file', value: file, file_name },
    ]),
  )
}

export async function start(member: Caller, uploaded: ImportUpload, plan: Record<string, unknown> = {}) {
  const body = { mapping: uploaded.guessed_mapping, ...plan }
  return member.call<Import>('POST', `/crm/imports/${uploaded.id}/start`, { body })
}

export async function ended(member: Caller, id: string): Promise<ImportUpload> {
  for (const until = Date.now() + 15_000; Date.now() < until;) {
    const { body } = await member.call<ImportUpload>('GET', `/crm/imports/${id}`)
    if (body.state !== 'running') return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The import did not end.')
}

/** Uploads, starts with the guessed mapping unless told otherwise, and waits for the end. */
export async function bringIn(member: Caller, file: string | Buffer, plan: Record<string, unknown> = {}) {
  const { body, text, status } = await upload(member, file)
  if (status !== 201) throw new Error(text)
  const started = await start(member, body, plan)
  if (started.status !== 202) throw new Error(started.text)
  return ended(member, body.id)
}

export async function allLeads(member: Caller): Promise<Lead[]> {
  const items: Lead[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`
    const { body } = await member.call<{ items: Lead[]; next_cursor: string | null }>(
      'GET',
      `/crm/leads?limit=200${query}`,
    )
    items.push(...body.items)
    cursor = body.next_cursor
  } while (cursor !== null)
  return items
}

/** A download of a call centre's system: ids but no names, many columns of its own, one without a heading. */
export function courseLeads(rows: number): string {
  const header =
    'Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email,Converted,TotalVisits,Last Activity,Country,Specialization,What matters most to you,Tags,City,Index,Score A,'
  const lines = Array.from({ length: rows }, (_, index) =>
    [
      `b2878839-c139-4206-ac4c-${String(index).padStart(12, '0')}`,
      500_000 + index,
      'API',
      index % 7 === 0 ? '' : 'Google',
      'No',
      index % 2,
      index % 5,
      '"Page Visited, on Website"',
      index % 3 === 0 ? '' : 'India',
      'Select',
      ' Better prospects ',
      '',
      'Mumbai',
      '02.Medium',
      15,
      '',
    ].join(','),
  )
  return [header, ...lines].join('\r\n')
}
