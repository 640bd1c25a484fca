import type { Messages } from '../messages.ts'

export const goals: Messages['goals'] = {
  title: 'Metas',
  intro:
    'O que a organização, as equipes e os membros querem alcançar. O avanço é contado a partir dos registros.',
  new: 'Nova meta',
  past: 'Mostrar as passadas',
  empty: 'Nenhuma meta ainda',
  empty_text: 'Defina uma, e todos a quem ela diz respeito veem o avanço.',
  quarter: '{{number}}º trimestre de {{year}}',
  organization: 'A organização',
  somebody: 'Alguém',
  reached: '{{reached}} de {{target}} · {{share}}',
  actions_for: 'Ações para {{name}}',
  edit: 'Alterar',
  delete: 'Excluir',
  deleted: 'Meta excluída',
  for: 'Para',
  what: 'O que conta',
  period: 'Período',
  periods: { month: 'Mês', quarter: 'Trimestre', year: 'Ano' },
  when: 'Quando',
  target: 'Meta',
  metric: {
    won_value: 'Valor ganho',
    won_deals: 'Negócios ganhos',
    new_deals: 'Novos negócios',
    new_leads: 'Novos leads',
    follow_ups_done: 'Acompanhamentos feitos',
    activities: 'Ligações, mensagens e reuniões registradas',
  },
  problem: {
    exists: 'Essa meta já existe. Altere a que há.',
    out_of_reach: 'Você não vê tudo o que contaria para esta meta.',
    conflict: 'Outra pessoa acabou de alterar esta meta. Feche e abra de novo.',
    decimals: 'Há casas decimais demais.',
  },
}
