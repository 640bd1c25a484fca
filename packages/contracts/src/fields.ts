import type { FilterOperator } from './lists.ts'
import { leadStatuses } from './leads.ts'

/**
 * An object is described by its fields. Filters, sorts, field selection, import mapping and table columns
 * all read this description, so a field is told once; the server adds where each is stored.
 */
export const fieldTypes = [
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'select',
  'user',
  'email',
  'phone',
  'url',
  'id',
] as const
export type FieldType = (typeof fieldTypes)[number]

export type FieldDescription = {
  name: string
  type: FieldType
  /** Values of a select, in their order. */
  options?: readonly string[]
  /** Can be given when a record is made or changed. */
  writable: boolean
  /** Must have a value. */
  required: boolean
  sortable: boolean
  filterable: boolean
  /** Found by the search text `q`. */
  searchable: boolean
  /** Column headings that mean this field, beside its own name: lower-case words without accents. */
  synonyms: { en: readonly string[]; pt: readonly string[] }
}

const byText: readonly FilterOperator[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'is_empty',
  'is_not_empty',
]
const byChoice: readonly FilterOperator[] = ['eq', 'ne', 'in', 'not_in', 'is_empty', 'is_not_empty']
const byOrder: readonly FilterOperator[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'is_empty',
  'is_not_empty',
]
const byTime: readonly FilterOperator[] = [...byOrder, 'within']

/** Which operators a filter may use on a field of each type. */
export const operatorsByType: Record<FieldType, readonly FilterOperator[]> = {
  text: byText,
  email: byText,
  phone: byText,
  url: byText,
  number: byOrder,
  money: byOrder,
  date: byTime,
  datetime: byTime,
  select: byChoice,
  user: byChoice,
  id: byChoice,
}

type Traits = Partial<Omit<FieldDescription, 'name' | 'type' | 'synonyms'>>

/** What a person enters: writable, sortable and filterable unless the traits say otherwise. */
function entered(
  name: string,
  type: FieldType,
  en: readonly string[],
  pt: readonly string[],
  traits: Traits = {},
): FieldDescription {
  return {
    name,
    type,
    writable: true,
    required: false,
    sortable: true,
    filterable: true,
    searchable: false,
    synonyms: { en, pt },
    ...traits,
  }
}

/** What the system keeps by itself. */
function kept(name: string, type: FieldType, traits: Traits = {}): FieldDescription {
  return entered(name, type, [], [], { writable: false, required: true, ...traits })
}

const found = { searchable: true }

export const leadFields: readonly FieldDescription[] = [
  kept('id', 'id'),
  entered(
    'full_name',
    'text',
    ['name', 'full name', 'lead', 'lead name', 'contact', 'contact name', 'person', 'customer', 'client'],
    ['nome', 'nome completo', 'contato', 'nome do contato', 'nome do lead', 'pessoa', 'cliente'],
    { required: true, ...found },
  ),
  entered(
    'company_name',
    'text',
    [
      'company',
      'company name',
      'organization',
      'organisation',
      'account',
      'account name',
      'business',
      'employer',
    ],
    ['empresa', 'nome da empresa', 'organizacao', 'razao social', 'nome fantasia', 'companhia', 'conta'],
    found,
  ),
  entered(
    'email',
    'email',
    ['e mail', 'mail', 'email address', 'e mail address', 'work email', 'primary email', 'contact email'],
    ['e mail', 'correio eletronico', 'endereco de email', 'email principal', 'email comercial'],
    found,
  ),
  entered(
    'phone',
    'phone',
    ['telephone', 'tel', 'phone number', 'telephone number', 'work phone', 'business phone', 'landline'],
    ['telefone', 'fone', 'numero de telefone', 'telefone fixo', 'telefone comercial'],
    found,
  ),
  entered(
    'mobile',
    'phone',
    ['mobile phone', 'mobile number', 'cell', 'cell phone', 'cellphone', 'whatsapp'],
    ['celular', 'telefone celular', 'telemovel', 'numero de celular', 'whatsapp', 'zap'],
    found,
  ),
  entered(
    'website',
    'url',
    ['web site', 'web', 'site', 'url', 'homepage', 'web page', 'company website'],
    ['site', 'pagina', 'pagina web', 'endereco web', 'site da empresa'],
  ),
  entered(
    'industry',
    'text',
    ['sector', 'vertical', 'segment', 'line of business'],
    ['setor', 'ramo', 'segmento', 'industria', 'ramo de atividade'],
  ),
  entered('country', 'text', ['nation', 'country name', 'country code'], ['pais', 'nacao']),
  entered(
    'state',
    'text',
    ['province', 'region', 'county', 'state province'],
    ['estado', 'uf', 'provincia', 'regiao'],
  ),
  entered('city', 'text', ['town', 'locality'], ['cidade', 'municipio', 'localidade']),
  entered('time_zone', 'text', ['timezone', 'tz'], ['fuso', 'fuso horario']),
  entered(
    'source',
    'text',
    ['lead source', 'origin', 'channel', 'how heard', 'referrer', 'utm source'],
    ['origem', 'fonte', 'canal', 'origem do lead', 'fonte do lead'],
  ),
  entered(
    'external_id',
    'text',
    ['external id', 'lead number', 'lead id', 'reference', 'ref', 'record id', 'prospect id', 'crm id'],
    ['id externo', 'codigo', 'codigo do lead', 'numero do lead', 'referencia'],
    found,
  ),
  entered('status', 'select', ['lead status', 'state of lead'], ['situacao', 'status do lead'], {
    options: leadStatuses,
    required: true,
  }),
  kept('pipeline_id', 'id', { writable: true, sortable: false }),
  kept('stage_id', 'id', { writable: true, sortable: false }),
  kept('stage_entered_at', 'datetime'),
  entered('score', 'number', ['lead score', 'rating', 'points'], ['pontuacao', 'nota', 'pontos']),
  entered(
    'probability',
    'number',
    ['chance', 'win probability', 'likelihood'],
    ['probabilidade', 'chance de fechamento'],
  ),
  entered(
    'estimated_value',
    'money',
    [
      'value',
      'amount',
      'deal value',
      'estimated value',
      'expected value',
      'expected revenue',
      'revenue',
      'budget',
      'price',
    ],
    ['valor', 'valor estimado', 'montante', 'receita', 'receita esperada', 'orcamento', 'preco'],
  ),
  entered('currency', 'text', ['currency code'], ['moeda', 'codigo da moeda'], { required: true }),
  entered(
    'owner_id',
    'user',
    ['owner', 'assigned to', 'assignee', 'salesperson', 'sales rep', 'account manager', 'agent'],
    ['responsavel', 'dono', 'vendedor', 'atribuido a', 'proprietario', 'consultor'],
  ),
  kept('created_by', 'user', { required: false }),
  kept('created_at', 'datetime'),
  kept('updated_at', 'datetime'),
  kept('deleted_at', 'datetime', { required: false, filterable: false, sortable: false }),
  kept('version', 'number', { sortable: false, filterable: false }),
]

/** Prefix of a field that has no column of its own: `custom.<key>`. */
export const customPrefix = 'custom.'
