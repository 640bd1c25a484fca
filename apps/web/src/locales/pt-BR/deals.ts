import type { Messages } from '../messages.ts'

export const deals: Messages['deals'] = {
  lines: {
    title: 'Itens',
    add: 'Adicionar item',
    empty: 'Nada listado ainda. Com itens, o valor do negócio é o total deles.',
    edit: 'Editar item',
    more: 'Mais sobre {{name}}',
    up: 'Mover para cima',
    down: 'Mover para baixo',
    remove: 'Retirar',
    removed: '{{name}}: item retirado',
    discounted: '{{percent}} de desconto',
    taxed: '{{percent}} de imposto',
    discount: 'Desconto',
    net: 'Líquido',
    tax: 'Imposto',
    gross: 'Total',
  },
  line: {
    name: 'Nome',
    description: 'Descrição',
    quantity: 'Quantidade',
    unit: 'Unidade',
    unit_price: 'Preço unitário',
    discount_percent: 'Desconto',
    tax_percent: 'Imposto',
  },
  quote: { save: 'Proposta (PDF)', file: 'Proposta' },
}
