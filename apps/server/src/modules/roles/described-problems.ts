/** The codes of roles, and of what is wrong with their grants and field rules. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    roles: typeof roleProblems
  }
}

export const roleProblems = {
  403: {
    built_in_role: ['Built-in roles never change.', 'Clone the role and change the clone.'],
    exceeds_yours: [
      'The role grants more than the caller holds; errors names each place.',
      'Leave those out, or let somebody who holds them do it.',
    ],
  },
  404: {
    role_not_found: ['The organization has no such role.', 'Take the id from the list of roles.'],
  },
  409: {
    too_many_roles: ['The organization has as many roles of its own as it can have.', 'Delete one first.'],
    role_in_use: [
      'Members have the role that would be deleted.',
      'Name in replacement the role that they get instead.',
    ],
    own_role: ['It is the role of the caller.', 'Let somebody else give you another role first.'],
  },
  fields: {
    exceeds_yours: ['This goes beyond what you hold yourself.', 'Leave it out.'],
    exceeds_read: ['The permission reaches further than the one to read.', 'Widen reading or narrow this.'],
    needs_permission: [
      'The permission makes no sense without another one.',
      'Grant the one in message, too.',
    ],
    not_scoped: ['The permission has no scope but the whole organization.', 'Send all.'],
    owner_only: ['Only the owner has this permission.', 'Leave it out.'],
    not_restrictable: ['The field cannot be restricted in this way.', 'Send one of those in message.'],
    unknown_object: ['There is no object of that name with fields.', 'Leave it out.'],
    locks_you_out: [
      'It would take from you the means to change roles.',
      'Keep it, or let somebody else do it.',
    ],
  },
} as const satisfies ProblemDescriptions
