import type { Messages } from '../messages.ts'

export const tags: Messages['tags'] = {
  title: 'Etiquetas',
  intro: 'Palavras com cor para registros de todo tipo. O que muda aqui muda em todos eles de uma vez.',
  empty: 'Nenhuma etiqueta ainda',
  empty_text: 'Etiquetas são criadas aqui ou enquanto se digita em um registro.',
  new: 'Nova etiqueta',
  name: 'Nome da etiqueta',
  color: 'Cor da etiqueta',
  name_of: 'Nome de {{name}}',
  color_of: 'Cor de {{name}}',
  search: 'Encontre ou crie uma etiqueta',
  create: 'Criar “{{name}}”',
  actions_for: 'Ações para {{name}}',
  records_one: 'em {{formatted}} registro',
  records_other: 'em {{formatted}} registros',
  merge: {
    open: 'Unificar com outra…',
    title: 'Unificar “{{name}}”',
    text: 'Todo registro com “{{name}}” recebe a outra etiqueta no lugar. Isso não pode ser desfeito.',
    into: 'Unificar com',
    confirm: 'Unificar',
    done_one: '“{{name}}” agora está em {{formatted}} registro',
    done_other: '“{{name}}” agora está em {{formatted}} registros',
  },
  delete: {
    open: 'Excluir…',
    title: 'Excluir “{{name}}”?',
    text_one: 'Ela sai de {{formatted}} registro. Isso não pode ser desfeito.',
    text_other: 'Ela sai de {{formatted}} registros. Isso não pode ser desfeito.',
    text_unknown: 'Ela sai de todos os registros. Isso não pode ser desfeito.',
    confirm: 'Excluir a etiqueta',
    done: '“{{name}}” foi excluída',
  },
  problem: {
    name_taken: 'Outra etiqueta tem esse nome. As duas podem ser unificadas.',
    conflict:
      'Outra pessoa alterou esta etiqueta nesse meio-tempo. O que você vê agora é dela; tente de novo.',
  },
}
