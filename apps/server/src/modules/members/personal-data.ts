/** An invitation keeps an address and words; somebody who is a lead may have been invited, or be spoken of. */
import { mentions, type Person, type PersonalData } from '../../platform/personal-data/index.ts'
import type { Ctx } from '../../platform/tenancy.ts'

export const invitationPersonalData: PersonalData = {
  table: 'invitations',
  async collect(ctx, person) {
    const own = (await findAbout(ctx, person)).filter(({ email }) => person.emails.includes(email))
    return own.map(({ email, message, sent_at, outcome }) => ({ email, message, sent_at, outcome }))
  },
  /** To the person, it goes; to somebody else, only the words in which they occur. */
  async erase(ctx, person) {
    const { tx, actor } = ctx
    const about = await findAbout(ctx, person)
    const own = about.filter(({ email }) => person.emails.includes(email)).map(({ id }) => id)
    const spokenOf = about.map(({ id }) => id).filter((id) => !own.includes(id))
    if (own.length > 0)
      await tx
        .deleteFrom('invitations')
        .where('organization_id', '=', actor.organization_id)
        .where('id', 'in', own)
        .execute()
    if (spokenOf.length > 0)
      await tx
        .updateTable('invitations')
        .set({ message: null })
        .where('organization_id', '=', actor.organization_id)
        .where('id', 'in', spokenOf)
        .execute()
    return about.length
  },
}

/** An organization has few of them: those of the last weeks. */
async function findAbout({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, person: Person) {
  const rows = await tx
    .selectFrom('invitations')
    .select(['id', 'email', 'message', 'sent_at', 'outcome'])
    .where('organization_id', '=', actor.organization_id)
    .execute()
  return rows.filter(({ email, message }) => person.emails.includes(email) || mentions(message ?? '', person))
}
