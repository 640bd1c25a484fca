import type { Messages } from './messages.ts'
import { auth } from './pt-BR/auth.ts'
import { common } from './pt-BR/common.ts'
import { shell } from './pt-BR/shell.ts'

const ptBR: Messages = { auth, common, shell }

export default ptBR
