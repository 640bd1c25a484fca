import type { Messages } from './messages.ts'
import { auth } from './pt-BR/auth.ts'
import { common } from './pt-BR/common.ts'
import { shell } from './pt-BR/shell.ts'
import { table } from './pt-BR/table.ts'

const ptBR: Messages = { auth, common, shell, table }

export default ptBR
