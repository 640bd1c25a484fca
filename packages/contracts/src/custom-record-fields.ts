import { counted, entered, found, kept, keptFields, tagsField, type FieldDescription } from './fields.ts'

/** What the records of every object have that an organization made; all else is fields of its own. */
export const customRecordFields: readonly FieldDescription[] = [
  kept('id', 'id'),
  kept('object', 'text', { sortable: false, filterable: false }),
  entered('name', 'text', ['name', 'title', 'record'], ['nome', 'titulo', 'registro'], {
    required: true,
    ...found,
  }),
  entered('owner_id', 'user', ['owner', 'assignee'], ['responsavel', 'dono'], counted),
  tagsField,
  ...keptFields,
]
