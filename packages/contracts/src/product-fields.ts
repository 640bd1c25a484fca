import { counted, entered, found, kept, keptFields, tagsField, type FieldDescription } from './fields.ts'

/** Whether it can be offered; what was offered before stays as it was. */
export const productStatuses = ['active', 'retired'] as const

export const productFields: readonly FieldDescription[] = [
  kept('id', 'id'),
  entered(
    'name',
    'text',
    ['product', 'product name', 'item', 'service'],
    ['produto', 'nome do produto', 'item', 'servico'],
    { required: true, ...found },
  ),
  entered('code', 'text', ['sku', 'product code', 'item number', 'part number'], ['codigo', 'sku'], found),
  entered('description', 'text', ['details', 'notes'], ['descricao', 'detalhes'], { sortable: false }),
  entered(
    'price',
    'money',
    ['unit price', 'list price', 'sales price', 'amount'],
    ['preco', 'preco unitario', 'valor'],
  ),
  entered('currency', 'text', ['currency code'], ['moeda', 'codigo da moeda'], { required: true }),
  entered('tax_rate', 'percent', ['tax', 'vat', 'tax percent'], ['imposto', 'aliquota', 'taxa']),
  entered('unit', 'text', ['unit of measure', 'uom'], ['unidade', 'unidade de medida']),
  entered('status', 'select', ['active', 'state'], ['situacao', 'ativo'], {
    options: productStatuses,
    required: true,
    ...counted,
  }),
  tagsField,
  ...keptFields,
]
