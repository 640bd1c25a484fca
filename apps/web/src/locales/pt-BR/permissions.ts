import type { Messages } from '../messages.ts'

export const permissions: Messages['permissions'] = {
  object: {
    leads: 'Leads',
    contacts: 'Contatos',
    companies: 'Empresas',
    deals: 'Negócios',
    products: 'Produtos',
    pipelines: 'Funis',
    views: 'Visualizações salvas',
    custom_fields: 'Campos personalizados',
    members: 'Membros',
    tags: 'Etiquetas',
    teams: 'Equipes',
    roles: 'Papéis',
    organization: 'Organização',
    api_keys: 'Chaves de API',
    audit: 'Registro de auditoria',
    privacy: 'Privacidade',
    features: 'Recursos',
  },
  action: {
    read: 'ver',
    create: 'criar',
    update: 'alterar',
    delete: 'excluir',
    import: 'importar',
    share: 'compartilhar',
    manage: 'gerenciar',
    export: 'exportar',
    transfer: 'transferir',
  },
  reach: {
    all: 'todos',
    team: 'das equipes',
    own: 'próprios',
  },
}
