import { notFound } from '../../platform/problems.ts'

export const duplicateNotFound = (id: string) => notFound('duplicate', id)
