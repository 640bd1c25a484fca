import { counted, entered, found, kept, keptFields, tagsField, type FieldDescription } from './fields.ts'

export const contactFields: readonly FieldDescription[] = [
  kept('id', 'id'),
  entered(
    'full_name',
    'text',
    ['name', 'full name', 'contact', 'contact name', 'person'],
    ['nome', 'nome completo', 'contato', 'nome do contato', 'pessoa'],
    { required: true, ...found },
  ),
  entered(
    'position',
    'text',
    ['job title', 'title', 'role', 'function'],
    ['cargo', 'funcao', 'posicao'],
    found,
  ),
  entered('company_id', 'relation', ['company', 'account', 'employer'], ['empresa', 'conta'], {
    to: 'company',
    ...found,
  }),
  entered(
    'email',
    'email',
    ['e mail', 'mail', 'email address', 'work email'],
    ['e mail', 'email principal'],
    found,
  ),
  entered('emails', 'emails', ['other emails', 'further emails'], ['outros emails'], {
    sortable: false,
    filterable: false,
    ...found,
  }),
  entered('phone', 'phone', ['telephone', 'tel', 'phone number', 'work phone'], ['telefone', 'fone'], found),
  entered(
    'mobile',
    'phone',
    ['mobile phone', 'cell', 'cell phone', 'whatsapp'],
    ['celular', 'whatsapp'],
    found,
  ),
  entered('phones', 'phones', ['other phones', 'further phones'], ['outros telefones'], {
    sortable: false,
    filterable: false,
    ...found,
  }),
  entered('linkedin', 'url', ['linkedin url', 'linkedin profile'], ['perfil do linkedin']),
  entered('country', 'text', ['nation', 'country name'], ['pais', 'nacao'], counted),
  entered('state', 'text', ['province', 'region'], ['estado', 'uf']),
  entered('city', 'text', ['town'], ['cidade', 'municipio']),
  entered('time_zone', 'text', ['timezone', 'tz'], ['fuso', 'fuso horario']),
  entered('source', 'text', ['origin', 'channel'], ['origem', 'fonte', 'canal'], counted),
  entered('external_id', 'text', ['external id', 'contact id', 'reference'], ['id externo', 'codigo'], found),
  entered(
    'owner_id',
    'user',
    ['owner', 'assigned to', 'sales rep'],
    ['responsavel', 'dono', 'vendedor'],
    counted,
  ),
  tagsField,
  ...keptFields,
]
