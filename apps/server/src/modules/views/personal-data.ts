/** A view may be about one person: its filter asks for their address, its name is theirs. */
import type { Filter } from '@rapport/contracts'
import { keepConditions } from '../../platform/lists/index.ts'
import { mentions, redact, type Person, type PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export const viewPersonalData: PersonalData = {
  table: 'views',
  async erase(ctx, person) {
    const about = await findAbout(ctx, person)
    for (const { id, name, filter } of about)
      await ctx.tx
        .updateTable('views')
        .set({ name: redact(name, person), filter: filter && withoutPerson(filter, person) })
        .where('organization_id', '=', ctx.actor.organization_id)
        .where('id', '=', id)
        .execute()
    return about.length
  },
}

function withoutPerson(filter: Filter, person: Person): string | null {
  const kept = keepConditions(filter, (condition) =>
    mentions(JSON.stringify(condition.value ?? ''), person) ? null : condition,
  )
  return kept && JSON.stringify(kept)
}

async function findAbout({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, person: Person) {
  const rows = await tx
    .selectFrom('views')
    .select(['id', 'name', 'filter'])
    .where('organization_id', '=', actor.organization_id)
    .$castTo<{ id: string; name: string; filter: Filter | null }>()
    .execute()
  return rows.filter(({ name, filter }) => mentions(`${name} ${JSON.stringify(filter ?? '')}`, person))
}
