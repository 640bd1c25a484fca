import { conflict, notFound } from '../../platform/problems.ts'

export const duplicateNotFound = (id: string) => notFound('duplicate', id)

export const mergeNotFound = (id: string) => notFound('merge', id)

export const mergeUndone = () => conflict('merge_undone', 'This merge was taken back already.')

export const mergeIncomplete = () =>
  conflict('merge_incomplete', 'The records that were merged are not there any more.')
