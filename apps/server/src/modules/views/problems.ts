import { conflict, forbidden, invalidField, notFound } from '../../platform/problems.ts'

export const viewNotFound = (id: string) => notFound('view', id)

export const tooManyViews = (most: number) =>
  conflict('too_many_views', `A member can have ${most} views of an object.`)

export const staleView = (current: unknown, conflicts: string[]) =>
  conflict('version_conflict', 'The view was changed by somebody else since you read it.', {
    current,
    conflicts,
  })

export const notYourView = () =>
  forbidden('not_your_view', 'Only its owner, or who may share views, can change this view.')

export const unknownField = (path: string, name: string) =>
  invalidField(path, 'unknown_field', `"${name}" is not a field for this`)

export const unknownObject = () => invalidField('object', 'invalid_value', 'is not an object with records')
export const repeatedField = (path: string) => invalidField(path, 'repeated', 'is named twice')
export const pipelineMissing = () =>
  invalidField(
    'pipeline_id',
    'unknown_pipeline',
    'must be a pipeline for these records, as a board needs one',
  )
export const teamMissing = () =>
  invalidField('team_id', 'unknown_team', 'must be a team of this organization, for views of a team only')
export const roleMissing = (place: number) =>
  invalidField(`is_default_for.${place}`, 'unknown_role', 'is not a role of this organization')
export const notShared = () =>
  invalidField('is_default_for', 'not_shared', 'must be empty for a view that is not shared')
export const notYours = () => invalidField('visibility', 'not_yours', 'can be made private by its owner only')
