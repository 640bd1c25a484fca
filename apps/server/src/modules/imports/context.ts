/** What the organization adds to the reading of a file: its members, its stages, its fields, its country. */
import type { Actor } from '../../platform/actor.ts'
import type { Ctx, Tenancy } from '../../platform/tenancy.ts'
import { listMembers } from '../identity/index.ts'
import { selectPipelines } from '../pipelines/index.ts'
import { ownFieldsOf } from '../records/index.ts'
import { createMemberFinder } from './choices.ts'
import { usualOrder } from './dates.ts'
import { normaliseName } from './header.ts'
import { importKind } from './kinds.ts'
import type { KnownStage, ReadingContext } from './readers.ts'
import { sql } from 'kysely'

export async function readingFor(
  tenancy: Pick<Tenancy, 'inTenant' | 'inSystem'>,
  actor: Actor,
  object: string,
): Promise<ReadingContext> {
  const members = await tenancy.inSystem((tx) => listMembers(tx, actor.organization_id))
  const context = plainReading(actor, object)
  if (!context.kind.fields.has('stage_id')) return { ...context, findMember: createMemberFinder(members) }
  const findStage = await tenancy.inTenant(actor, (ctx) => readStages(ctx, object))
  return { ...context, findStage, findMember: createMemberFinder(members) }
}

/** Enough to check a mapping with; members and stages are not known. */
export function plainReading(actor: Actor, object: string): ReadingContext {
  const { currency, country, language, time_zone } = actor
  return {
    kind: importKind(object, actor),
    home_currency: currency,
    home_country: country,
    language,
    time_zone,
    date_order: usualOrder(country, language),
    findMember: () => undefined,
    keep_unreadable: false,
    findStage: () => undefined,
    own: ownFieldsOf(actor, object),
  }
}

/** What people call stages that end it, whatever the organization calls them. */
const closing: Readonly<Record<'won' | 'lost', readonly string[]>> = {
  won: [
    'won',
    'closed won',
    'closedwon',
    'ganho',
    'ganha',
    'fechado ganho',
    'vendido',
    'success',
    'successful',
  ],
  lost: ['lost', 'closed lost', 'closedlost', 'perdido', 'perdida', 'fechado perdido', 'failed'],
}

/** The same stage in either language. */
const translated: readonly (readonly string[])[] = [
  ['new', 'novo', 'nova'],
  ['contacted', 'contatado', 'contato feito'],
  ['prospecting', 'prospeccao'],
  ['qualification', 'qualificacao'],
  ['qualified', 'qualificado', 'qualificada'],
  ['discovery', 'descoberta'],
  ['meeting scheduled', 'reuniao agendada'],
  ['demo', 'demonstracao'],
  ['presentation', 'apresentacao'],
  ['evaluation', 'avaliacao'],
  ['proposal', 'proposta'],
  ['proposal sent', 'proposta enviada'],
  ['negotiation', 'negociacao'],
  ['contract sent', 'contrato enviado'],
  ['closing', 'fechamento'],
]

/** A stage by its id or its name; the default pipeline's come first. */
async function readStages({ tx, actor }: Ctx, object: string): Promise<ReadingContext['findStage']> {
  const { rows } = await selectPipelines(actor.organization_id, sql`AND p.object = ${object}`).execute(tx)
  const stages = rows.flatMap((pipeline) => pipeline.stages)
  const byName = new Map<string, KnownStage>()
  const learn = (name: string, { id, type }: KnownStage) => {
    if (!byName.has(name)) byName.set(name, { id, type })
  }
  for (const stage of stages) {
    learn(stage.id, stage)
    learn(normaliseName(stage.name), stage)
  }
  for (const stage of stages)
    if (stage.type !== 'open') for (const name of closing[stage.type]) learn(name, stage)
  for (const words of translated) {
    const known = words.map((name) => byName.get(name)).find((stage) => stage !== undefined)
    if (known) for (const name of words) learn(name, known)
  }
  const named = (text: string) => byName.get(normaliseName(text))
  // `Negotiation/Review` are two names of one stage.
  return (text) =>
    byName.get(text.trim().toLowerCase()) ??
    named(text) ??
    text
      .split('/')
      .map(named)
      .find((stage) => stage !== undefined)
}
