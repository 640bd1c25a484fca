/** Everything that the catalogue of problems is made of: the compiler asks for each source that describes any. */
import { apiKeyProblems } from './modules/api-keys/index.ts'
import { assignmentProblems } from './modules/assignment/index.ts'
import { attachmentProblems } from './modules/attachments/index.ts'
import { bulkProblems } from './modules/bulk/index.ts'
import { chatProblems } from './modules/chat/index.ts'
import { companyProblems } from './modules/companies/index.ts'
import { exportProblems } from './modules/exports/index.ts'
import { forecastProblems } from './modules/forecast/index.ts'
import { goalProblems } from './modules/goals/index.ts'
import { followUpProblems } from './modules/follow-ups/index.ts'
import { contactProblems } from './modules/contacts/index.ts'
import { customFieldProblems } from './modules/custom-fields/index.ts'
import { customObjectProblems } from './modules/custom-objects/index.ts'
import { dealProblems } from './modules/deals/index.ts'
import { duplicateProblems } from './modules/duplicates/index.ts'
import { conversionProblems } from './modules/conversion/index.ts'
import { identityProblems } from './modules/identity/index.ts'
import { importProblems } from './modules/imports/index.ts'
import { leadProblems } from './modules/leads/index.ts'
import { memberProblems } from './modules/members/index.ts'
import { noteProblems } from './modules/notes/index.ts'
import { pipelineProblems } from './modules/pipelines/index.ts'
import { privacyProblems } from './modules/privacy/index.ts'
import { productProblems } from './modules/products/index.ts'
import { pushProblems } from './modules/push/index.ts'
import { recordProblems } from './modules/records/index.ts'
import { roleProblems } from './modules/roles/index.ts'
import { stagedProblems } from './modules/staged/index.ts'
import { tagProblems } from './modules/tags/index.ts'
import { taskProblems } from './modules/tasks/index.ts'
import { teamProblems } from './modules/teams/index.ts'
import { timelineProblems } from './modules/timelines/index.ts'
import { undoProblems } from './modules/undo/index.ts'
import { viewProblems } from './modules/views/index.ts'
import { platformProblems } from './platform/described-problems.ts'
import type { DescribedProblems } from './platform/problem-catalogue.ts'

export const describedProblems: DescribedProblems = {
  platform: platformProblems,
  apiKeys: apiKeyProblems,
  assignment: assignmentProblems,
  attachments: attachmentProblems,
  bulk: bulkProblems,
  chat: chatProblems,
  exports: exportProblems,
  companies: companyProblems,
  contacts: contactProblems,
  follow_ups: followUpProblems,
  forecast: forecastProblems,
  goals: goalProblems,
  customFields: customFieldProblems,
  customObjects: customObjectProblems,
  deals: dealProblems,
  conversion: conversionProblems,
  duplicates: duplicateProblems,
  identity: identityProblems,
  imports: importProblems,
  leads: leadProblems,
  members: memberProblems,
  notes: noteProblems,
  pipelines: pipelineProblems,
  privacy: privacyProblems,
  products: productProblems,
  push: pushProblems,
  records: recordProblems,
  roles: roleProblems,
  staged: stagedProblems,
  tags: tagProblems,
  tasks: taskProblems,
  teams: teamProblems,
  timelines: timelineProblems,
  undo: undoProblems,
  views: viewProblems,
}
