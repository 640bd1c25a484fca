import { counted, entered, found, kept, keptFields, tagsField, type FieldDescription } from './fields.ts'

/** A deal's own status, which follows the type of its stage. */
export const dealStatuses = ['open', 'won', 'lost'] as const

/** How likely an open deal is told to come, from what may come to what is promised; `omitted` is not counted. */
export const forecastCategories = ['pipeline', 'best_case', 'committed', 'omitted'] as const

export const dealFields: readonly FieldDescription[] = [
  kept('id', 'id'),
  entered(
    'name',
    'text',
    ['deal', 'deal name', 'opportunity', 'opportunity name', 'title', 'subject'],
    ['negocio', 'nome do negocio', 'oportunidade', 'titulo', 'assunto'],
    { required: true, ...found },
  ),
  entered('company_id', 'relation', ['company', 'account', 'customer'], ['empresa', 'conta', 'cliente'], {
    to: 'company',
    ...found,
  }),
  kept('status', 'select', { options: dealStatuses, ...counted }),
  kept('pipeline_id', 'id', { writable: true, sortable: false, ...counted }),
  kept('stage_id', 'id', { writable: true, sortable: false, ...counted }),
  kept('stage_entered_at', 'datetime'),
  entered(
    'value',
    'money',
    ['amount', 'deal value', 'deal amount', 'close value', 'revenue', 'price'],
    ['valor', 'montante', 'valor do negocio', 'receita', 'preco'],
  ),
  entered('currency', 'text', ['currency code'], ['moeda', 'codigo da moeda'], { required: true }),
  entered(
    'probability',
    'number',
    ['chance', 'win probability', 'likelihood'],
    ['probabilidade', 'chance de fechamento'],
  ),
  entered(
    'forecast_category',
    'select',
    ['forecast', 'forecast type', 'commitment'],
    ['categoria da previsao', 'previsao', 'compromisso'],
    { options: forecastCategories },
  ),
  entered(
    'expected_close',
    'date',
    ['expected close date', 'close date', 'closing date', 'forecast date', 'due date'],
    ['fechamento previsto', 'data de fechamento', 'previsao de fechamento'],
  ),
  entered(
    'closed_at',
    'datetime',
    ['closed', 'closed on', 'closed date', 'won date', 'actual close date'],
    ['fechado em', 'data do ganho', 'encerrado em'],
  ),
  entered(
    'lost_reason',
    'text',
    ['loss reason', 'reason lost', 'lost because'],
    ['motivo da perda', 'motivo de perda'],
    counted,
  ),
  entered('source', 'text', ['origin', 'channel'], ['origem', 'fonte', 'canal'], counted),
  entered(
    'external_id',
    'text',
    ['external id', 'deal id', 'opportunity id', 'reference'],
    ['id externo', 'codigo', 'id da oportunidade'],
    found,
  ),
  entered('description', 'text', ['notes', 'details', 'comment'], ['descricao', 'detalhes', 'observacoes'], {
    sortable: false,
  }),
  entered(
    'owner_id',
    'user',
    ['owner', 'assigned to', 'sales agent', 'sales rep', 'account manager'],
    ['responsavel', 'dono', 'vendedor'],
    counted,
  ),
  tagsField,
  ...keptFields,
]
