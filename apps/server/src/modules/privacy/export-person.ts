/** Everything known of one person, as a zip of JSON for machines and one page for people. */
import type { Person, PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Counts } from './erase-person.ts'

export type Collected = { tables: Record<string, object[]>; counts: Counts }

export async function collectPerson(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  sources: readonly PersonalData[],
  person: Person,
): Promise<Collected> {
  const tables: Record<string, object[]> = {}
  for (const { table, collect } of sources) {
    const rows = await collect?.(ctx, person)
    if (rows && rows.length > 0) tables[table] = [...(tables[table] ?? []), ...rows]
  }
  const counts = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]))
  return { tables, counts }
}

/** A page without scripts, links or styles from elsewhere. */
export function personPage(organization: string, made_at: string, tables: Record<string, object[]>): string {
  const sections = Object.entries(tables).map(
    ([table, rows]) =>
      `<h2>${escape(titleOf(table))} (${rows.length})</h2>\n${rows.map(recordTable).join('\n')}`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(organization)}</title></head>
<body><h1>${escape(organization)}</h1>
<p>All data kept about this person / Todos os dados mantidos sobre esta pessoa. ${escape(made_at)}</p>
${sections.join('\n')}
</body></html>
`
}

const recordTable = (row: object) =>
  `<table border="1" cellpadding="4">${Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) =>
        `<tr><th align="left">${escape(titleOf(name))}</th><td>${escape(textOf(value))}</td></tr>`,
    )
    .join('')}</table><br>`

const titleOf = (name: string) => name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
