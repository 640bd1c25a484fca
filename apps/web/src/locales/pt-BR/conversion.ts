import type { Messages } from '../messages.ts'

export const conversion: Messages['conversion'] = {
  open: 'Converter…',
  title: 'Converter “{{name}}”',
  text: 'O lead continua com seu histórico, e também aquilo em que ele se torna. Isso pode ser desfeito por 24 horas.',
  already: 'Este lead já foi convertido.',
  convert: 'Converter',
  by: {
    linked: 'já pertence a este lead',
    email: 'tem o mesmo e-mail',
    phone: 'tem o mesmo telefone',
    domain: 'tem o domínio do e-mail',
    name: 'tem o mesmo nome',
  },
  new: { company: 'Uma nova empresa', contact: 'Um novo contato', deal: 'Um novo negócio' },
  none: { company: 'Nenhuma empresa', contact: 'Nenhum contato', deal: 'Nenhum negócio' },
  done: '{{name}} foi convertido',
  became: 'Convertido em',
  out_of_reach: 'Aquilo em que ele se tornou não está ao seu alcance.',
  take_back: 'Desfazer',
  taken_back: 'A conversão foi desfeita',
  not_taken_back: 'A conversão não foi desfeita',
  used: {
    title: 'Alguém trabalhou nisso depois',
    text: 'Alterado desde a conversão: {{objects}}. Pode ficar, enquanto o lead volta a ser o que era.',
    keep: 'Manter e desfazer',
    hint: 'Alguém trabalhou naquilo em que ele se tornou. No lead é possível manter isso e desfazer o resto.',
  },
}
