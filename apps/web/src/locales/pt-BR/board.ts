import type { Messages } from '../messages.ts'

export const board: Messages['board'] = {
  title: 'Quadro',
  add_card: 'Adicionar um lead',
  add_placeholder: 'Nome do lead',
  move_failed: '{{name}} não foi movido',
  moved_by_other: 'Outra pessoa o moveu para {{stage}} antes; lá ele fica.',
  no_pipeline_title: 'Ainda não há um funil',
  no_pipeline_text: 'O funil dá as colunas ao quadro.',
  pipeline: 'Funil',
  weighted: 'ponderado {{value}}',
  age: 'Nesta etapa há {{time}}',
}
