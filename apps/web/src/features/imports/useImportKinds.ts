import { useMemo } from 'react'
import { useMe } from '../../app/session.ts'
import { kindOf, useKinds, type RecordKind } from '../records/kinds.ts'

/** What one may bring in: kinds whose records one may make. */
export function useImportKinds(): RecordKind[] {
  const kinds = useKinds()
  const { permissions } = useMe()
  return useMemo(
    () => kinds.filter(({ has_imports, many }) => has_imports && permissions[`${many}:create`] !== undefined),
    [kinds, permissions],
  )
}

/** The kind of an import; of one that is gone, leads' words are still true of its file. */
export function importedKind(object: string): RecordKind {
  const kind = kindOf(object) ?? kindOf('lead')
  if (!kind) throw new Error('There are always leads.')
  return kind
}
