import { account } from './en/account.ts'
import { apiKeys } from './en/apiKeys.ts'
import { assignment } from './en/assignment.ts'
import { attachments } from './en/attachments.ts'
import { audit } from './en/audit.ts'
import { auth } from './en/auth.ts'
import { board } from './en/board.ts'
import { bulk } from './en/bulk.ts'
import { chat } from './en/chat.ts'
import { common } from './en/common.ts'
import { conversion } from './en/conversion.ts'
import { duplicates } from './en/duplicates.ts'
import { disputes } from './en/disputes.ts'
import { customFields } from './en/customFields.ts'
import { customObjects } from './en/customObjects.ts'
import { dashboard } from './en/dashboard.ts'
import { deals } from './en/deals.ts'
import { followUps } from './en/followUps.ts'
import { exports } from './en/exports.ts'
import { features } from './en/features.ts'
import { forecast } from './en/forecast.ts'
import { goals } from './en/goals.ts'
import { imports } from './en/imports.ts'
import { permissions } from './en/permissions.ts'
import { members } from './en/members.ts'
import { notes } from './en/notes.ts'
import { notifications } from './en/notifications.ts'
import { organization } from './en/organization.ts'
import { pipelines } from './en/pipelines.ts'
import { presence } from './en/presence.ts'
import { privacy } from './en/privacy.ts'
import { records } from './en/records.ts'
import { roles } from './en/roles.ts'
import { security } from './en/security.ts'
import { shell } from './en/shell.ts'
import { table } from './en/table.ts'
import { tags } from './en/tags.ts'
import { tasks } from './en/tasks.ts'
import { teams } from './en/teams.ts'
import { timeline } from './en/timeline.ts'
import { today } from './en/today.ts'
import { undo } from './en/undo.ts'
import { views } from './en/views.ts'

const en = {
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
} as const

export default en
