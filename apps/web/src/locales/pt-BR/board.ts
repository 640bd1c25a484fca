import type { Messages } from '../messages.ts'

export const board: Messages['board'] = {
  title: 'Quadro',
  add_card_lead: 'Adicionar um lead',
  add_card_deal: 'Adicionar um negócio',
  add_placeholder_lead: 'Nome do lead',
  add_placeholder_deal: 'Nome do negócio',
  move_failed: '{{name}} não foi movido',
  moved_by_other: 'Outra pessoa o moveu para {{stage}} antes; lá ele fica.',
  no_pipeline_title: 'Ainda não há um funil',
  no_pipeline_text: 'O funil dá as colunas ao quadro.',
  pipeline: 'Funil',
  weighted: 'ponderado {{value}}',
  age: 'Entrou nesta etapa {{time}}',
  rotting_one: '{{count}} dia na etapa',
  rotting_other: '{{count}} dias na etapa',
  ask_title: 'Antes de entrar em “{{stage}}”',
  ask_text: '{{name}} vai para “{{stage}}” com o que você preencher aqui.',
  ask_submit: 'Mover',
}
