import type { RuleFault } from '@rapport/contracts'
import { conflict, forbidden, invalid, invalidField, notFound, Problem } from '../../platform/problems.ts'

export const roleNotFound = (id: string) => notFound('role', id)

export const builtInRole = () =>
  forbidden('built_in_role', 'A built-in role cannot be changed. Clone it and change the clone.')

export const faultyRole = (faults: RuleFault[]) => invalid(faults)

export const unknownSource = () => invalidField('from', 'unknown_role', 'must be a role of this organization')

export const nameTaken = () => invalidField('name', 'taken', 'is the name of another role')

export const tooManyRoles = (most: number) =>
  conflict('too_many_roles', `An organization can have ${most} roles of its own.`)

/** @param errors what goes beyond, each by its place. */
export const exceedsYours = (errors: RuleFault[]) =>
  new Problem(
    403,
    'exceeds_yours',
    'Not allowed',
    'Nobody can grant more than they hold themselves, or touch a role that grants more.',
    { errors },
  )

export const locksYouOut = (path: string) =>
  invalidField(path, 'locks_you_out', 'cannot be taken from the role that you have yourself')

export const staleRole = (current: unknown, conflicts: string[]) =>
  conflict('version_conflict', 'The role was changed by somebody else since you read it.', {
    current,
    conflicts,
  })

export const roleInUse = (count: number) =>
  conflict(
    'role_in_use',
    `${count} members have this role. Say with replacement which role they get instead.`,
  )

export const ownRole = () =>
  conflict('own_role', 'You have this role yourself. Let somebody else give you another one first.')

export const unusableReplacement = () =>
  invalidField(
    'query.replacement',
    'unknown_role',
    'must be another role of this organization, but not owner',
  )
