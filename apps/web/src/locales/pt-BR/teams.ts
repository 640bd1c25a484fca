import type { Messages } from '../messages.ts'

export const teams: Messages['teams'] = {
  title: 'Equipes',
  intro:
    'Um papel pode alcançar os registros das próprias equipes. Quem pertence a uma equipe, ou a gerencia, vê então o que os membros dela possuem.',
  empty: 'Nenhuma equipe ainda',
  new: 'Nova equipe',
  edit: 'Editar',
  name: 'Nome',
  manager: 'Gerente',
  manager_hint: 'Alcança o que os membros possuem, sem ser um deles.',
  no_manager: 'Sem gerente',
  managed_by: 'Gerida por {{name}}',
  members_label: 'Membros',
  members_one: '{{count}} membro',
  members_other: '{{count}} membros',
  nobody: 'Ninguém ainda',
  somebody: 'Alguém que saiu',
  actions_for: 'Ações para {{name}}',
  made: '{{name}} foi criada',
  saved: '{{name}} foi salva',
  delete: {
    open: 'Excluir…',
    title: 'Excluir “{{name}}”?',
    text_one: 'O membro dela continua na organização. Isto não pode ser desfeito.',
    text_other: 'Os {{count}} membros dela continuam na organização. Isto não pode ser desfeito.',
    confirm: 'Excluir a equipe',
    done: '{{name}} foi excluída',
  },
  problem: {
    name_taken: 'Outra equipe tem este nome.',
    conflict: 'Outra pessoa alterou esta equipe nesse meio-tempo. Feche e abra de novo para ver as mudanças.',
  },
}
