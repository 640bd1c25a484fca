/** All places of personal data, in the order in which they are erased: what names files before the files' rows. */
import {
  auditPersonalData,
  eventPersonalData,
  type PersonalData,
} from '../../platform/personal-data/index.ts'
import { activityPersonalData } from '../activities/index.ts'
import { attachmentPersonalData, attachmentVersionPersonalData } from '../attachments/index.ts'
import { chatPersonalData, chatTablesWithoutPersons } from '../chat/index.ts'
import { jobPersonalData } from '../bulk/index.ts'
import { contactPersonalData, dealContactPersonalData, leadContactPersonalData } from '../contacts/index.ts'
import { customValuePersonalData } from '../custom-fields/index.ts'
import { conversionPersonalData } from '../conversion/index.ts'
import { duplicatesPersonalData } from '../duplicates/index.ts'
import { followUpPersonalData } from '../follow-ups/index.ts'
import { exportPersonalData } from '../exports/index.ts'
import { importErrorPersonalData, importLinkPersonalData, importPersonalData } from '../imports/index.ts'
import { leadPersonalData } from '../leads/index.ts'
import { notePersonalData, noteVersionPersonalData } from '../notes/index.ts'
import { invitationPersonalData } from '../members/index.ts'
import { toldForTotals } from '../records/index.ts'
import { learnedPersonalData, searchPersonalData } from '../search/index.ts'
import { viewPersonalData } from '../views/index.ts'
import { recordTagPersonalData } from '../tags/index.ts'
import { taskLinkPersonalData, taskPersonalData } from '../tasks/index.ts'
import { consentPersonalData } from './consents.ts'
import { requestPersonalData } from './requests.ts'
import { transferPersonalData } from './transfers.ts'

export const personalDataSources: readonly PersonalData[] = [
  leadPersonalData,
  ...searchPersonalData,
  customValuePersonalData,
  contactPersonalData,
  leadContactPersonalData,
  recordTagPersonalData,
  dealContactPersonalData,
  conversionPersonalData,
  ...duplicatesPersonalData,
  activityPersonalData,
  followUpPersonalData,
  noteVersionPersonalData,
  notePersonalData,
  taskPersonalData,
  taskLinkPersonalData,
  ...chatPersonalData,
  attachmentVersionPersonalData,
  attachmentPersonalData,
  consentPersonalData,
  importErrorPersonalData,
  importLinkPersonalData,
  importPersonalData,
  jobPersonalData,
  exportPersonalData,
  invitationPersonalData,
  viewPersonalData,
  transferPersonalData,
  requestPersonalData,
  eventPersonalData((family) => toldForTotals({ family })),
  auditPersonalData,
  learnedPersonalData,
]

/** Tenant tables that hold nothing about the persons whose records are kept; a table in neither list fails a test. */
export const tablesWithoutPersons: readonly string[] = [
  'api_keys',
  'assignment_rules',
  'assignment_targets',
  ...chatTablesWithoutPersons,
  'companies',
  'custom_fields',
  'custom_objects',
  'custom_records',
  'dashboards',
  'deal_history',
  'deals',
  'feature_flags',
  'follow_up_cadences',
  'goals',
  'import_batches',
  'import_changes',
  'job_items',
  'line_items',
  'member_absences',
  'member_statuses',
  'lost_reasons',
  'notification_settings',
  'notifications',
  'pipelines',
  'products',
  'record_followers',
  'record_totals',
  'record_visits',
  'retention_rules',
  'roles',
  'stages',
  'tags',
  'team_members',
  'teams',
  'view_defaults',
]
