/** The permission catalogue in words: “Leads: see, create, change (own)”. */
export const permissions = {
  object: {
    leads: 'Leads',
    contacts: 'Contacts',
    companies: 'Companies',
    deals: 'Deals',
    products: 'Products',
    pipelines: 'Pipelines',
    views: 'Saved views',
    custom_fields: 'Custom fields',
    members: 'Members',
    tags: 'Tags',
    teams: 'Teams',
    roles: 'Roles',
    organization: 'Organization',
    api_keys: 'API keys',
    audit: 'Audit log',
    privacy: 'Privacy',
    features: 'Features',
  },
  action: {
    read: 'see',
    create: 'create',
    update: 'change',
    delete: 'delete',
    import: 'import',
    share: 'share',
    manage: 'manage',
    export: 'export',
    transfer: 'give away',
  },
  /** How far a permission reaches. */
  reach: {
    all: 'all',
    team: 'of the teams',
    own: 'own',
  },
} as const
