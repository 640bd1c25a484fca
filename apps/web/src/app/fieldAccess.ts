import { mayEdit, maySee, type Me, type Permission } from '@rapport/contracts'
import { useMemo } from 'react'
import { queryClient } from './queryClient.ts'
import { ME_KEY } from './rapport.ts'
import { useMe } from './session.ts'

export type FieldAccess = {
  sees: (field: string) => boolean
  edits: (field: string) => boolean
}

/** Which fields of such records one's role sees and may change; a single record says by itself what it allows. */
export function useFieldAccess(object: string): FieldAccess {
  const { field_rules } = useMe()
  return useMemo(
    () => ({
      sees: (field) => maySee(field_rules, object, field),
      edits: (field) => mayEdit(field_rules, object, field),
    }),
    [field_rules, object],
  )
}

/** Outside of components: whether who is logged in holds the permission, as far as that is known. */
export const holds = (permission: Permission): boolean =>
  queryClient.getQueryData<Me>(ME_KEY)?.permissions[permission] !== undefined
