/** What a quote says, in the languages that it can be printed in. */
import type { quoteLanguages } from '@rapport/contracts'

export type QuoteLanguage = (typeof quoteLanguages)[number]

const english = {
  title: 'Quote',
  number: 'Number',
  date: 'Date',
  valid_until: 'Valid until',
  prepared_for: 'Prepared for',
  prepared_by: 'Your contact',
  item: 'Item',
  quantity: 'Quantity',
  unit_price: 'Unit price',
  discount: 'Discount',
  tax: 'Tax',
  amount: 'Amount',
  subtotal: 'Subtotal',
  net: 'Net total',
  tax_total: 'Tax',
  total: 'Total',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
}

const portuguese: typeof english = {
  title: 'Proposta comercial',
  number: 'Número',
  date: 'Data',
  valid_until: 'Válida até',
  prepared_for: 'Preparada para',
  prepared_by: 'Seu contato',
  item: 'Item',
  quantity: 'Quantidade',
  unit_price: 'Preço unitário',
  discount: 'Desconto',
  tax: 'Imposto',
  amount: 'Valor',
  subtotal: 'Subtotal',
  net: 'Total líquido',
  tax_total: 'Impostos',
  total: 'Total',
  page: (page, pages) => `Página ${page} de ${pages}`,
}

export const quoteWords: Record<QuoteLanguage, typeof english> = { en: english, 'pt-BR': portuguese }
