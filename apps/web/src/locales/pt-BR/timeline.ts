import type { Messages } from '../messages.ts'

export const timeline: Messages['timeline'] = {
  related: 'Com relacionados',
  filter: 'Filtrar',
  filtered_one: '{{count}} tipo',
  filtered_other: '{{count}} tipos',
  all: 'Mostrar todos os tipos',
  pinned: 'Fixados',
  pin: 'Fixar no topo',
  unpin: 'Desafixar do topo',
  since_visit: 'Novo desde a sua última visita',
  nothing_of_kind: 'Nada desses tipos aconteceu ainda.',
  changes_one: '{{count}} alteração',
  changes_other: '{{count}} alterações',
  kind: {
    note: 'Notas',
    call: 'Ligações',
    email: 'E-mails',
    message: 'Mensagens',
    meeting: 'Reuniões',
    stage: 'Etapas',
    change: 'Alterações',
    follow_up: 'Follow-ups',
    task: 'Tarefas',
    link: 'Vínculos',
    life: 'Começo e fim',
  },
}
