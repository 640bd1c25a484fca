/** The one place that knows what addresses look like. */
export const paths = {
  home: '/',
  login: '/login',
  signup: '/signup',
  /** Providers send the browser back here; they know the address. */
  providerReturn: '/sign-in/:provider',
  twoFactorPending: '/two-factor',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  verifyEmail: '/verify-email',
  acceptInvitation: '/invitations/accept',
  outside: '/no-organization',
  /** In mails that come again and again; mail programs POST to it. */
  unsubscribe: '/unsubscribe',
  today: '/today',
  dashboard: '/dashboard',
  leads: '/leads',
  lead: (id: string) => `/leads/${id}`,
  contacts: '/contacts',
  contact: (id: string) => `/contacts/${id}`,
  companies: '/companies',
  company: (id: string) => `/companies/${id}`,
  deals: '/deals',
  deal: (id: string) => `/deals/${id}`,
  products: '/products',
  product: (id: string) => `/products/${id}`,
  tasks: '/tasks',
  task: (id: string) => `/tasks/${id}`,
  ownRecords: (object: string) => `/objects/${object}`,
  ownRecord: (object: string, id: string) => `/objects/${object}/${id}`,
  chatChannel: (id: string) => `/chat/${id}`,
  board: '/board',
  forecast: '/forecast',
  imports: '/imports',
  importsOf: (object: string) => `/imports?object=${object}`,
  import: (id: string) => `/imports/${id}`,
  duplicates: '/duplicates',
  duplicatesOf: (object: string) => `/duplicates?object=${object}`,
  chat: '/chat',
  chatThread: (id: string, root: string) => `/chat/${id}?thread=${root}`,
  /** @param thread the message that it replies to, if it does */
  chatMessage: (channel_id: string, id: string, thread: string | null) =>
    `/chat/${channel_id}?${thread === null ? '' : `thread=${thread}&`}message=${id}`,
  /** Where a push leads: it says what it is about, the app knows where that is. */
  told: '/told',
  settings: '/settings',
  profile: '/settings/profile',
  exports: '/settings/exports',
  security: '/settings/security',
  notifications: '/settings/notifications',
  organization: '/settings/organization',
  members: '/settings/members',
  pipelines: '/settings/pipelines',
  followUps: '/settings/follow-ups',
  assignment: '/settings/assignment',
  goals: '/settings/goals',
  fields: '/settings/fields',
  objects: '/settings/objects',
  roles: '/settings/roles',
  teams: '/settings/teams',
  tags: '/settings/tags',
  apiKeys: '/settings/api-keys',
  features: '/settings/features',
  privacy: '/settings/privacy',
  audit: '/settings/audit',
  kit: '/kit',
} as const

/** Where a record of a search, an event or a notification is shown. */
export function recordPath(object: string, id: string): string {
  if (object === 'lead') return paths.lead(id)
  if (object === 'contact') return paths.contact(id)
  if (object === 'company') return paths.company(id)
  if (object === 'deal') return paths.deal(id)
  if (object === 'product') return paths.product(id)
  if (object === 'task') return paths.task(id)
  return paths.ownRecord(object, id)
}

/** Log-in that leads back to where one was. Only addresses of our own are followed. */
export function loginPath(next: string, reason?: 'ended'): string {
  const query = new URLSearchParams()
  if (next !== paths.home) query.set('next', next)
  if (reason) query.set('reason', reason)
  return query.size > 0 ? `${paths.login}?${query}` : paths.login
}

export function readNextPath(search: URLSearchParams): string {
  const next = search.get('next')
  return next !== null && /^\/(?![/\\])/.test(next) ? next : paths.home
}
