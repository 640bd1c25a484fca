/**
 * Finds the records that cells name: by id, external id, e-mail, domain or name, in this order, among those that the
 * importer may read. A name that two of them have is told as such and never guessed, unless the row says at which
 * company: of two people of one name that are not both there, the one who is.
 */
import { contactsTarget, maySee } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { findRecords, reachableClause, type RecordDescription } from '../../platform/lists/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'
import { because, type Reason } from './reasons.ts'

export type Named = { to: string; text: string }
/** `at` has the only one of several at each company. */
export type Leads = { id: string } | { problem: Reason; at?: ReadonlyMap<string, string> }
export type LinkBook = {
  /** What each of them leads to, by `keyOf`. */
  find: (ctx: Pick<Ctx, 'tx' | 'actor'>, named: readonly Named[]) => Promise<ReadonlyMap<string, Leads>>
}

/** What it leads to in a row that names this company. */
export function atCompany(leads: Leads, company_id: unknown): Leads {
  const id = 'at' in leads && typeof company_id === 'string' ? leads.at?.get(company_id) : undefined
  return id === undefined ? leads : { id }
}

/** Whether it leads to a record in every row, or in those that name a company. */
export const canLead = (leads: Leads): boolean => 'id' in leads || (leads.at?.size ?? 0) > 0

export const keyOf = ({ to, text }: Named): string => `${to} ${text}`

/** What a cell names: people may be several, and HubSpot writes the address behind each, `Ana Lima (ana@acme.com)`. */
export function namedIn(field: string, text: string): string[] {
  if (field !== contactsTarget) return [text]
  const parts = text.split(/[;\n]/).map((part) => part.trim())
  return [
    ...new Set(
      parts
        .filter((part) => part !== '')
        .map((part) => /[(<]\s*([^\s()<>]+@[^\s()<>]+)\s*[)>]$/.exec(part)?.[1] ?? part),
    ),
  ]
}

const remembered = 50_000
export const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Remembers what was found, since many rows lead to one record. What was not found may come later. */
export function createLinkBook(): LinkBook {
  const known = new Map<string, Leads>()
  return {
    async find(ctx, named) {
      const found = new Map<string, Leads>()
      const missing = new Map<string, Set<string>>()
      for (const one of named) {
        const held = known.get(keyOf(one))
        if (held) found.set(keyOf(one), held)
        else missing.set(one.to, (missing.get(one.to) ?? new Set()).add(one.text))
      }
      if (known.size > remembered) known.clear()
      for (const [to, texts] of missing)
        for (const [text, leads] of await lookUp(ctx, to, [...texts])) {
          found.set(keyOf({ to, text }), leads)
          if ('id' in leads) known.set(keyOf({ to, text }), leads)
        }
      return found
    },
  }
}

type Hit = { key: string; text: string; id: string; company_id: string | null }

async function lookUp(
  ctx: Pick<Ctx, 'tx' | 'actor'>,
  to: string,
  texts: readonly string[],
): Promise<Map<string, Leads>> {
  const target = findRecords(to, ctx.actor)
  const hits = target ? await findHits(ctx, target, texts) : []
  const byText = Map.groupBy(hits, ({ key, text }) => `${key} ${text}`)
  const order = target ? searchedKeys(target) : []
  return new Map(
    texts.map((text): [string, Leads] => {
      for (const { name, read } of order) {
        const meant = new Map(byText.get(`${name} ${read(text)}`)?.map((hit) => [hit.id, hit]))
        const [id] = meant.keys()
        if (meant.size > 1) {
          const problem = because('several_records', { count: meant.size, object: to })
          return [text, { problem, at: onlyOnes([...meant.values()]) }]
        }
        if (id !== undefined) return [text, { id }]
      }
      return [text, { problem: because('no_record', { object: to }) }]
    }),
  )
}

function onlyOnes(hits: readonly Hit[]): Map<string, string> {
  const only = [...Map.groupBy(hits, ({ company_id }) => company_id)].flatMap(
    ([company_id, [one, ...others]]) =>
      company_id !== null && one && others.length === 0 ? [[company_id, one.id] as const] : [],
  )
  return new Map(only)
}

type Key = {
  name: string
  column: RawBuilder<unknown>
  read: (text: string) => string
  fits: (text: string) => boolean
}

const anything = () => true
const asWritten = (text: string) => text
const folded = (text: string) => text.toLowerCase()

function searchedKeys({ fields, title }: RecordDescription): Key[] {
  const keys: Key[] = [
    { name: 'id', column: sql`t.id::text`, read: folded, fits: (text) => idForm.test(text) },
  ]
  const add = (name: string, read: Key['read'], fits: Key['fits']) => {
    if (fields.has(name)) keys.push({ name, column: sql.ref(`t.${name}`), read, fits })
  }
  add('external_id', asWritten, anything)
  add('code', asWritten, anything)
  add('email', folded, (text) => text.includes('@'))
  add('domain', domainOf, (text) => /^\S+\.\S+$/.test(text))
  add(title, asWritten, anything)
  keys.push({ name: 'folded', column: sql`lower(t.${sql.ref(title)})`, read: folded, fits: anything })
  return keys
}

/** Of an address or a web page, too. */
const domainOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '')

/** By what an index serves first; only what is left is compared without regard to capitals. */
async function findHits(
  { tx, actor }: { tx: Ctx['tx']; actor: Actor },
  target: RecordDescription,
  texts: readonly string[],
): Promise<Hit[]> {
  const keys = searchedKeys(target)
  const tellsCompany =
    target.fields.has('company_id') && maySee(actor.field_rules, target.object, 'company_id')
  const company = tellsCompany ? sql`t.company_id` : sql`NULL::uuid`
  const select = async (some: readonly Key[], among: readonly string[]): Promise<Hit[]> => {
    const parts = some.flatMap(({ name, column, read, fits }) => {
      const values = [...new Set(among.filter(fits).map(read))]
      if (values.length === 0) return []
      const wanted =
        name === 'id' ? sql`t.id = ANY(${values}::uuid[])` : sql`${column} = ANY(${values}::text[])`
      return [
        sql`SELECT ${name}::text AS key, ${column} AS text, t.id, ${company} AS company_id ${reachableClause({ target }, actor)} AND ${wanted}`,
      ]
    })
    if (parts.length === 0) return []
    return (await sql<Hit>`${sql.join(parts, sql` UNION ALL `)}`.execute(tx)).rows
  }
  const exact = await select(
    keys.filter(({ name }) => name !== 'folded'),
    texts,
  )
  const met = new Set(exact.map(({ key, text }) => `${key} ${text}`))
  const left = texts.filter((text) => !keys.some(({ name, read }) => met.has(`${name} ${read(text)}`)))
  return [
    ...exact,
    ...(await select(
      keys.filter(({ name }) => name === 'folded'),
      left,
    )),
  ]
}
