import { counted, entered, found, kept, keptFields, tagsField, type FieldDescription } from './fields.ts'

export const taskStatuses = ['open', 'done'] as const
export const taskPriorities = ['low', 'normal', 'high', 'urgent'] as const

export const taskFields: readonly FieldDescription[] = [
  kept('id', 'id'),
  entered('title', 'text', ['title', 'task', 'subject', 'name'], ['titulo', 'tarefa', 'assunto', 'nome'], {
    required: true,
    ...found,
  }),
  entered('status', 'select', ['status', 'state'], ['situacao', 'estado'], {
    required: true,
    options: taskStatuses,
    ...counted,
  }),
  entered('priority', 'select', ['priority', 'importance'], ['prioridade', 'importancia'], {
    required: true,
    options: taskPriorities,
    ...counted,
  }),
  entered('due_at', 'datetime', ['due', 'due date', 'deadline'], ['vencimento', 'prazo', 'data limite']),
  kept('all_day', 'boolean', { sortable: false, filterable: false }),
  kept('time_zone', 'text', { sortable: false, filterable: false }),
  entered('recurrence', 'recurrence', ['recurrence', 'repeats'], ['recorrencia', 'repeticao'], {
    sortable: false,
  }),
  entered(
    'owner_id',
    'user',
    ['assignee', 'assigned to', 'owner'],
    ['responsavel', 'atribuido a', 'dono'],
    counted,
  ),
  entered('description', 'long_text', ['description', 'note', 'notes'], ['descricao', 'nota', 'notas'], {
    sortable: false,
  }),
  entered('checklist', 'checklist', ['checklist'], ['lista de verificacao'], {
    sortable: false,
    filterable: false,
  }),
  entered('links', 'links', ['linked records'], ['registros ligados'], { sortable: false }),
  tagsField,
  kept('completed_at', 'datetime', { required: false }),
  kept('completed_by', 'user', { required: false }),
  ...keptFields,
]
