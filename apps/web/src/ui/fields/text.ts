import type { FieldType } from './types.ts'
import { written } from './written.tsx'

export const text: FieldType = written
