import type { Messages } from '../messages.ts'

export const undo: Messages['undo'] = {
  done: {
    create: 'Desfeito: {{name}} está na lixeira',
    update: 'Desfeito: {{name}} está como antes',
    move: 'Desfeito: {{name}} voltou à sua etapa',
    delete: 'Desfeito: {{name}} saiu da lixeira',
    restore: 'Desfeito: {{name}} está de novo na lixeira',
    convert: 'Desfeito: {{name}} não está mais convertido',
    bulk: 'Desfeito',
  },
  kept: 'Ficou como outra pessoa definiu: {{fields}}',
  nothing: 'Não há nada para desfazer',
  failed: 'Não foi possível desfazer',
  changed_since: 'Outra pessoa alterou depois. Pressione z de novo para desfazer a alteração anterior.',
}
