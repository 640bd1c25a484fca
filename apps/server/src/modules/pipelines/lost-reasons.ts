/** What an organization offers as reasons of a loss. Records keep words, so changing the list changes none of them. */
import type { LostReasons } from '@rapport/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Language } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/tenancy.ts'

type Context = Pick<Ctx, 'tx' | 'actor'>

const usual: Record<Language, readonly string[]> = {
  en: ['Price', 'Chose a competitor', 'No budget', 'Bad timing', 'No answer', 'Missing feature', 'Not a fit'],
  'pt-BR': [
    'Preço',
    'Escolheu um concorrente',
    'Sem orçamento',
    'Momento inadequado',
    'Não respondeu',
    'Falta um recurso',
    'Fora do perfil',
  ],
}

/** Until an organization sets its own. */
export const usualReasons = (language: Language): LostReasons => ({ reasons: [...usual[language]] })

export const reasonsQuery = (organization_id: string): RawBuilder<LostReasons> =>
  sql<LostReasons>`SELECT reasons FROM lost_reasons WHERE organization_id = ${organization_id}::uuid`

export async function readReasons({ tx, actor }: Context): Promise<LostReasons> {
  const { rows } = await reasonsQuery(actor.organization_id).execute(tx)
  return rows[0] ?? usualReasons(actor.language)
}

export async function writeReasons({ tx, actor }: Context, { reasons }: LostReasons): Promise<void> {
  await sql`
    INSERT INTO lost_reasons (organization_id, reasons) VALUES (${actor.organization_id}::uuid, ${reasons}::text[])
    ON CONFLICT (organization_id) DO UPDATE SET reasons = excluded.reasons`.execute(tx)
}

export async function setReasons(ctx: Ctx, wanted: LostReasons): Promise<LostReasons> {
  const before = await readReasons(ctx)
  await writeReasons(ctx, wanted)
  if (JSON.stringify(before.reasons) !== JSON.stringify(wanted.reasons))
    ctx.emit({
      type: 'organization.lost_reasons_changed',
      record: { object: 'organization', id: ctx.actor.organization_id },
      changes: { before, after: wanted },
    })
  return wanted
}
