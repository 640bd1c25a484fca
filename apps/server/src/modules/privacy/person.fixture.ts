/** A person with traces everywhere, and the search for what is left of them. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { TestApp } from '../../testing/app.ts'

/** Asks the database as one who sees all of it. */
type Ask = (text: string) => Promise<{ rows: { name: string; line: string }[] }>

/** Every row of every table and every file, as one text in lower case. */
export async function everythingKept({ app }: TestApp, ask: Ask): Promise<string> {
  const { rows } = await ask(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const parts: string[] = []
  for (const { name } of rows) {
    const table = await ask(`SELECT t::text AS line FROM ${name} t`)
    parts.push(...table.rows.map(({ line }) => `${name} ${line}`))
  }
  for (const file of await readdir(app.platform.environment.dataDir, {
    recursive: true,
    withFileTypes: true,
  }))
    if (file.isFile())
      parts.push(`${file.name} ${await readFile(join(file.parentPath, file.name), 'latin1')}`)
  return parts.join('\n').toLowerCase()
}

export const person = {
  full_name: 'Quirina Zyxquwolin',
  company_name: 'Zyxquwolin Holding',
  email: 'quirina@zyxquwolin.example',
  phone: '+55 11 91234-8765',
  mobile: '+55 21 99876-1234',
  website: 'https://zyxquwolin.example',
  state: 'Zyxqustate',
  city: 'Zyxqucity',
  external_id: 'ZYXQU-77',
  custom: { hobby: 'zyxqu-collecting' },
  estimated_value: 1200,
}
// Long enough that none comes up by chance in what is encrypted.
export const marks = ['zyxqu', 'quirina', '912348765', '91234-8765', '998761234', '99876-1234']

export function expectNoTrace(kept: string, of: readonly string[]): void {
  for (const mark of of) {
    const at = kept.indexOf(mark)
    expect(at === -1 ? null : kept.slice(Math.max(0, at - 200), at + 80), mark).toBeNull()
  }
}
