import { account } from './account.ts'
import { apiKeys } from './api-keys.ts'
import { assignment } from './assignment.ts'
import { attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { chat } from './chat.ts'
import { companies } from './companies.ts'
import { contacts } from './contacts.ts'
import { dealContacts, leadContacts } from './contact-links.ts'
import { dashboards } from './dashboards.ts'
import { deals } from './deals.ts'
import { duplicates } from './duplicates.ts'
import { customFields } from './custom-fields.ts'
import { customObjects, customRecords } from './custom-objects.ts'
import { conversion } from './conversion.ts'
import { featureFlags } from './features.ts'
import { contactFollowUps, dealFollowUps, followUps, leadFollowUps } from './follow-ups.ts'
import { exports as exportOperations } from './exports.ts'
import { figures } from './figures.ts'
import { forecast } from './forecast.ts'
import { goals } from './goals.ts'
import { identity } from './identity.ts'
import { imports } from './imports.ts'
import { jobs, undo } from './jobs.ts'
import { lineItems } from './line-items.ts'
import { leads } from './leads.ts'
import { lostReasons } from './lost-reasons.ts'
import { invitations, members } from './members.ts'
import { meta } from './meta.ts'
import { privacy } from './privacy.ts'
import { notes } from './notes.ts'
import { notifications } from './notifications.ts'
import { pipelines } from './pipelines.ts'
import { presence } from './presence.ts'
import { products } from './products.ts'
import { push } from './push.ts'
import { roleOperations } from './roles.ts'
import { search } from './search.ts'
import { signIn } from './sign-in.ts'
import { tags } from './tags.ts'
import { tasks } from './tasks.ts'
import { teams } from './teams.ts'
import { timelines } from './timelines.ts'
import { today } from './today.ts'
import { views } from './views.ts'

export * from './account.ts'
export * from './activities.ts'
export * from './api-keys.ts'
export * from './assignment.ts'
export * from './attachments.ts'
export * from './audit.ts'
export * from './chat.ts'
export * from './chat-document.ts'
export * from './chat-messages.ts'
export * from './colors.ts'
export * from './companies.ts'
export * from './company-fields.ts'
export * from './contact-fields.ts'
export * from './contact-links.ts'
export * from './contacts.ts'
export * from './custom-fields.ts'
export * from './custom-values.ts'
export * from './custom-objects.ts'
export * from './custom-record-fields.ts'
export * from './dashboards.ts'
export * from './deal-fields.ts'
export * from './deals.ts'
export * from './duplicates.ts'
export * from './conversion.ts'
export * from './events.ts'
export * from './exports.ts'
export * from './features.ts'
export * from './fields.ts'
export * from './follow-ups.ts'
export * from './figures.ts'
export * from './forecast.ts'
export * from './forecast-filters.ts'
export * from './formulas.ts'
export * from './goals.ts'
export * from './groups.ts'
export * from './identity.ts'
export * from './imports.ts'
export * from './jobs.ts'
export * from './lead-fields.ts'
export * from './leads.ts'
export * from './line-items.ts'
export * from './line-totals.ts'
export * from './lost-reasons.ts'
export * from './lists.ts'
export * from './members.ts'
export * from './meta.ts'
export * from './money.ts'
export * from './note-document.ts'
export * from './notes.ts'
export * from './notifications.ts'
export * from './operation.ts'
export * from './permissions.ts'
export * from './pipelines.ts'
export * from './preferences.ts'
export * from './product-fields.ts'
export * from './presence.ts'
export * from './products.ts'
export * from './push.ts'
export * from './records.ts'
export * from './recurrence.ts'
export * from './roles.ts'
export * from './privacy.ts'
export * from './search.ts'
export * from './shared.ts'
export * from './staged.ts'
export * from './sign-in.ts'
export * from './tags.ts'
export * from './task-fields.ts'
export * from './tasks.ts'
export * from './teams.ts'
export * from './timelines.ts'
export * from './today.ts'
export * from './totals.ts'
export * from './views.ts'

/** Every operation of the API by group and name: the SDK's `rapport.leads.list` is `operations.leads.list`. */
export const operations = {
  account,
  apiKeys,
  audit,
  identity,
  signIn,
  members,
  invitations,
  roles: roleOperations,
  teams,
  leads,
  lostReasons,
  leadContacts,
  contacts,
  companies,
  deals,
  dealContacts,
  lineItems,
  products,
  tasks,
  assignment,
  pipelines,
  leadFollowUps,
  contactFollowUps,
  dealFollowUps,
  followUps,
  notes,
  notifications,
  presence,
  push,
  timelines,
  attachments,
  chat,
  today,
  forecast,
  goals,
  exports: exportOperations,
  figures,
  dashboards,
  tags,
  conversion,
  customFields,
  customObjects,
  customRecords,
  duplicates,
  imports,
  jobs,
  undo,
  search,
  views,
  featureFlags,
  privacy,
  meta,
}
export type Operations = typeof operations
