import { apiKeys } from './en/apiKeys.ts'
import { audit } from './en/audit.ts'
import { auth } from './en/auth.ts'
import { board } from './en/board.ts'
import { common } from './en/common.ts'
import { imports } from './en/imports.ts'
import { leads } from './en/leads.ts'
import { permissions } from './en/permissions.ts'
import { pipelines } from './en/pipelines.ts'
import { privacy } from './en/privacy.ts'
import { shell } from './en/shell.ts'
import { table } from './en/table.ts'

const en = {
  apiKeys,
  audit,
  auth,
  board,
  common,
  imports,
  leads,
  permissions,
  pipelines,
  privacy,
  shell,
  table,
} as const

export default en
