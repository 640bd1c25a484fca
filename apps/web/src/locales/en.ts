import { auth } from './en/auth.ts'
import { board } from './en/board.ts'
import { common } from './en/common.ts'
import { imports } from './en/imports.ts'
import { leads } from './en/leads.ts'
import { pipelines } from './en/pipelines.ts'
import { privacy } from './en/privacy.ts'
import { shell } from './en/shell.ts'
import { table } from './en/table.ts'

const en = { auth, board, common, imports, leads, pipelines, privacy, shell, table } as const

export default en
