/** Who is told what of a batch of events. */
import { sql } from 'kysely'
import type { Ctx } from '../../platform/tenancy.ts'
import type { Fact } from './facts.ts'
import { readFollowers, readListeners, readSubjects, type Subjects } from './subjects.ts'

export type Telling = Omit<Fact, 'audience' | 'tells_actor'> & { user_id: string }

/** Of more than so many records given to somebody at once, only the number is told. */
const toldOneByOne = 3

type Context = Pick<Ctx, 'tx' | 'actor'>

export async function findRecipients(
  ctx: Context,
  facts: readonly Fact[],
): Promise<{ tellings: Telling[]; subjects: Subjects }> {
  const subjects = await readSubjects(ctx, facts)
  const followed = facts.filter(({ audience }) => audience.kind === 'followers')
  const followersOf = await readFollowers(ctx, followed)
  const inChannels = facts.filter(({ audience }) => audience.kind === 'channel')
  const listenersOf = await readListeners(ctx, inChannels)
  const leaders = facts.some(({ audience }) => audience.kind === 'leaders') ? await readLeaders(ctx) : []

  const usersOf = (fact: Fact): readonly (string | null)[] => {
    const { audience } = fact
    if (audience.kind === 'members') return audience.ids
    if (audience.kind === 'leaders') return leaders
    if (audience.kind === 'channel') return listenersOf(fact, audience.direct)
    const owner = subjects.find(fact)?.owner_id ?? null
    if (audience.kind === 'owner') return [owner]
    const followers = followersOf(fact)
    const silent = new Set(followers.filter(({ following }) => !following).map(({ user_id }) => user_id))
    return [owner, ...followers.map(({ user_id }) => user_id)].filter((user) => user && !silent.has(user))
  }
  const tellings = facts.flatMap((fact) => {
    const { audience: _, tells_actor, ...told } = fact
    const users = new Set(usersOf(fact))
    return [...users].flatMap((user_id) =>
      user_id === null || (user_id === fact.actor_id && !tells_actor) ? [] : [{ ...told, user_id }],
    )
  })
  return { tellings: gatherAssigned(once(tellings)), subjects }
}

/** Whoever is named in a message is not told of it a second time because it stands in a direct conversation. */
function once(tellings: readonly Telling[]): Telling[] {
  const named = new Set<string>()
  for (const { type, event_id, user_id } of tellings)
    if (type === 'mentioned_in_chat') named.add(`${event_id} ${user_id}`)
  return tellings.filter(
    ({ type, event_id, user_id }) => type !== 'chat_message' || !named.has(`${event_id} ${user_id}`),
  )
}

/** Those who run the organization hear of who joins it. */
async function readLeaders({ tx, actor }: Context): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT m.user_id FROM memberships m
    WHERE m.organization_id = ${actor.organization_id}::uuid AND m.deactivated_at IS NULL AND m.role IN ('owner', 'admin')`.execute(
    tx,
  )
  return rows.map(({ user_id }) => user_id)
}

/** Whoever gives somebody a thousand leads makes one piece of news: how many, and `through` which event. */
function gatherAssigned(tellings: readonly Telling[]): Telling[] {
  const isAssigned = ({ type }: Telling) => type === 'record_assigned' || type === 'task_assigned'
  const groups = Map.groupBy(tellings.filter(isAssigned), ({ user_id, actor_id, object }) =>
    [user_id, actor_id, object].join(' '),
  )
  const gathered = [...groups.values()].flatMap((some) => {
    const [first] = some
    if (some.length <= toldOneByOne || !first) return some
    const count = new Set(some.map(({ record_id }) => record_id)).size
    return [{ ...first, record_id: null, data: { count, through: Math.max(...some.map(({ seq }) => seq)) } }]
  })
  return [...tellings.filter((one) => !isAssigned(one)), ...gathered]
}
