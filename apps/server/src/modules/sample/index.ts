/** The sample organization that makes a first look worth while. Loaded once, into an empty database. */
import { roleGrants } from '@rapport/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Platform } from '../../platform/platform.ts'
import { writeActivities } from '../activities/index.ts'
import { createGoal } from '../goals/index.ts'
import { addMember, register } from '../identity/index.ts'
import { stagedLeads } from '../leads/index.ts'
import { createDefaultPipelines, selectPipelines } from '../pipelines/index.ts'
import { insertStaged } from '../staged/index.ts'
import type { SampleMember } from './conversations.ts'
import { fillBusiness } from './fill-business.ts'
import { fillConversations, type Speakers, type Subjects } from './fill-conversations.ts'
import { fillDay } from './fill-day.ts'
import { sampleLeads } from './people.ts'

export const demoLogin = { email: 'demo@rapport.local', password: 'rapport-demo' }

const colleagues = [
  { called: 'marina', email: 'marina@rapport.local', full_name: 'Marina Costa', role: 'admin' },
  { called: 'tomas', email: 'tomas@rapport.local', full_name: 'Tomás Reis', role: 'sales' },
  { called: 'grace', email: 'grace@rapport.local', full_name: 'Grace Walsh', role: 'viewer' },
] as const
const leadCount = 240
const hour_ms = 3_600_000
/** The lead before the last one was made twice as long ago as the last one; it was written about a while later. */
const noteAfter = 4

/** Answers whether there is sample data to log in to: just made, or from an earlier start. */
export async function loadSampleOrganization({
  tenancy,
  alarms,
  jobs,
}: Pick<Platform, 'tenancy' | 'alarms' | 'jobs'>): Promise<boolean> {
  const { rows } = await tenancy.inSystem((tx) =>
    sql<{ empty: boolean; sample: boolean }>`
      SELECT NOT EXISTS (SELECT FROM organizations) AS empty,
        EXISTS (SELECT FROM users WHERE email = ${demoLogin.email}) AS sample`.execute(tx),
  )
  if (!rows[0]?.empty) return rows[0]?.sample ?? false
  const founder = {
    ...demoLogin,
    full_name: 'Dana Demo',
    organization_name: 'Northwind Demo',
    email_verified_at: new Date(),
  }
  const { speakers, subjects } = await register(
    { tenancy, onOrganizationCreated: [createDefaultPipelines] },
    founder,
    (ctx, user) => fill(ctx, user, alarms),
  )
  // Each speaks by themselves, in transactions of their own.
  await fillConversations({ tenancy, jobs }, speakers, subjects)
  return true
}

type Talk = { speakers: Speakers; subjects: Subjects }

async function fill(ctx: Ctx, founder: { id: string }, alarms: Platform['alarms']): Promise<Talk> {
  const owners = [ctx.actor.user_id]
  const speakers: Record<string, Speakers[SampleMember]> = { dana: { ...ctx.actor, user_id: founder.id } }
  for (const { called, role, ...person } of colleagues) {
    const account = { ...person, password: demoLogin.password, email_verified_at: new Date() }
    const member = await addMember(ctx, account, role)
    if (role !== 'viewer') owners.push(member.id)
    const grants = roleGrants[role]
    speakers[called] = {
      ...ctx.actor,
      user_id: member.id,
      name: person.full_name,
      role,
      role_name: role,
      grants,
    }
  }
  const { rows } = await selectPipelines(ctx.actor.organization_id, sql``).execute(ctx.tx)
  const pipeline = rows.find(({ object }) => object === 'lead')
  const dealPipeline = rows.find(({ object }) => object === 'deal')
  if (!pipeline || !dealPipeline) throw new Error('The sample organization has no pipelines.')
  const people = sampleLeads(leadCount)
  const leads = await insertStaged(
    ctx,
    stagedLeads,
    people.map(({ stage, owner, note: _, ...person }) => ({
      ...person,
      owner_id: owners[owner % owners.length] ?? null,
      stage_id: pipeline.stages[stage]?.id,
    })),
  )
  const deals = await fillBusiness(ctx, { owners, pipeline: dealPipeline, leads: people })
  await spreadOverTime(ctx)
  await aim(ctx, owners)
  const mine = leads.filter(({ owner_id, status }) => owner_id === ctx.actor.user_id && status === 'working')
  await fillDay(ctx, alarms, mine.toReversed())
  await writeActivities(
    ctx,
    people.flatMap(({ note }, index) => {
      const lead = leads[index]
      if (!note || !lead) return []
      const occurred_at = new Date(Date.now() - (people.length - index) * noteAfter * hour_ms).toISOString()
      return [{ object: 'lead', record_id: lead.id, type: 'note' as const, body: note, occurred_at }]
    }),
  )
  return { speakers: speakers as Speakers, subjects: subjectsOf(leads, deals) }
}

type Found = { id: string; status: string }

/** The newest of their kind, which stand first in every list. */
function subjectsOf(leads: readonly Found[], deals: readonly Found[]): Subjects {
  const open = deals.filter(({ status }) => status === 'open')
  const found = {
    open: { object: 'deal', id: open.at(-1)?.id },
    price: { object: 'deal', id: open.at(-2)?.id },
    won: { object: 'deal', id: deals.findLast(({ status }) => status === 'won')?.id },
    lead: { object: 'lead', id: leads.findLast(({ status }) => status === 'qualified')?.id },
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, { object, id }]) =>
      id === undefined ? [] : [[name, { object, id }]],
    ),
  )
}

/** What everybody is after this month. */
async function aim(ctx: Ctx, owners: readonly (string | null)[]): Promise<void> {
  const starts_on = new Date().toISOString().slice(0, 10)
  const month = { period: 'month', starts_on } as const
  await createGoal(ctx, { ...month, metric: 'won_value', target: 250_000 })
  await createGoal(ctx, { metric: 'won_value', period: 'quarter', starts_on, target: 600_000 })
  for (const [place, user_id] of owners.entries()) {
    await createGoal(ctx, { ...month, metric: 'won_value', user_id, target: 60_000 + 20_000 * place })
    await createGoal(ctx, { ...month, metric: 'activities', user_id, target: 40 })
  }
}

/** So that ages on the board and in the table look as they do in use, not all "now". */
async function spreadOverTime({ tx, actor: { organization_id } }: Ctx): Promise<void> {
  await sql`
    UPDATE leads SET created_at = now() - n * interval '5 hours', updated_at = now() - n * interval '2 hours',
      stage_entered_at = now() - n * interval '3 hours'
    FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM leads WHERE organization_id = ${organization_id}) AS placed
    WHERE leads.organization_id = ${organization_id} AND leads.id = placed.id`.execute(tx)
  await sql`
    UPDATE activities SET occurred_at = leads.created_at FROM leads
    WHERE activities.organization_id = ${organization_id} AND leads.organization_id = ${organization_id}
      AND activities.object = 'lead' AND activities.record_id = leads.id`.execute(tx)
}
