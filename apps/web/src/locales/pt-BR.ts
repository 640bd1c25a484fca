import type { Messages } from './messages.ts'
import { account } from './pt-BR/account.ts'
import { apiKeys } from './pt-BR/apiKeys.ts'
import { assignment } from './pt-BR/assignment.ts'
import { attachments } from './pt-BR/attachments.ts'
import { audit } from './pt-BR/audit.ts'
import { auth } from './pt-BR/auth.ts'
import { board } from './pt-BR/board.ts'
import { bulk } from './pt-BR/bulk.ts'
import { chat } from './pt-BR/chat.ts'
import { common } from './pt-BR/common.ts'
import { conversion } from './pt-BR/conversion.ts'
import { duplicates } from './pt-BR/duplicates.ts'
import { disputes } from './pt-BR/disputes.ts'
import { customFields } from './pt-BR/customFields.ts'
import { customObjects } from './pt-BR/customObjects.ts'
import { dashboard } from './pt-BR/dashboard.ts'
import { deals } from './pt-BR/deals.ts'
import { followUps } from './pt-BR/followUps.ts'
import { exports } from './pt-BR/exports.ts'
import { features } from './pt-BR/features.ts'
import { forecast } from './pt-BR/forecast.ts'
import { goals } from './pt-BR/goals.ts'
import { imports } from './pt-BR/imports.ts'
import { permissions } from './pt-BR/permissions.ts'
import { members } from './pt-BR/members.ts'
import { notes } from './pt-BR/notes.ts'
import { notifications } from './pt-BR/notifications.ts'
import { organization } from './pt-BR/organization.ts'
import { pipelines } from './pt-BR/pipelines.ts'
import { presence } from './pt-BR/presence.ts'
import { privacy } from './pt-BR/privacy.ts'
import { records } from './pt-BR/records.ts'
import { roles } from './pt-BR/roles.ts'
import { security } from './pt-BR/security.ts'
import { shell } from './pt-BR/shell.ts'
import { table } from './pt-BR/table.ts'
import { tags } from './pt-BR/tags.ts'
import { tasks } from './pt-BR/tasks.ts'
import { teams } from './pt-BR/teams.ts'
import { timeline } from './pt-BR/timeline.ts'
import { today } from './pt-BR/today.ts'
import { undo } from './pt-BR/undo.ts'
import { views } from './pt-BR/views.ts'

const ptBR: Messages = {
  account,
  apiKeys,
  assignment,
  attachments,
  audit,
  auth,
  board,
  bulk,
  chat,
  common,
  conversion,
  duplicates,
  disputes,
  customFields,
  customObjects,
  dashboard,
  deals,
  exports,
  features,
  followUps,
  forecast,
  goals,
  imports,
  members,
  notes,
  notifications,
  organization,
  permissions,
  pipelines,
  presence,
  privacy,
  records,
  roles,
  security,
  shell,
  table,
  tags,
  tasks,
  teams,
  timeline,
  today,
  undo,
  views,
}

export default ptBR
