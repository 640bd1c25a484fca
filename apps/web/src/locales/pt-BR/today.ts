import type { Messages } from '../messages.ts'

export const today: Messages['today'] = {
  title: 'Hoje',
  progress: '{{done}} feitos · {{left}} por fazer',
  empty: 'Nada para agora',
  empty_text: 'Planeje um follow-up em um lead, contato ou negócio, e ele aparece aqui no dia.',
  group: { overdue: 'Atrasados', due: 'Para hoje', upcoming: 'Próximos sete dias' },
  local: '{{time}} lá',
  calling: 'dentro do horário de ligações',
  not_calling: 'fora do horário de ligações',
  call: 'Ligar para {{name}}',
  message: 'Escrever para {{name}}',
  snooze: 'Adiar {{name}}',
  key: {
    down: 'Próximo da lista',
    up: 'Anterior da lista',
    open: 'Abrir o registro',
    call: 'Ligar',
    message: 'Escrever uma mensagem',
    log: 'Registrar o resultado',
    snooze: 'Adiar',
    next: 'Feito, e planejar o próximo',
  },
}
