import { auth } from './en/auth.ts'
import { common } from './en/common.ts'
import { shell } from './en/shell.ts'

const en = { auth, common, shell } as const

export default en
