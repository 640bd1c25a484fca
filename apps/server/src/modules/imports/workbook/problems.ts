import type { Problem } from '../../../platform/problems.ts'
import { refuseFile } from '../rows.ts'

/** The archive, or the XML in it, breaks its own rules. */
export const brokenWorkbook = (why: string): Problem =>
  refuseFile(
    'workbook_broken',
    1,
    `the workbook cannot be read: ${why.slice(0, 200)}. Save it again, or as CSV`,
  )

export const workbookTooLarge = (): Problem =>
  refuseFile('workbook_too_large', 1, 'the workbook unpacks to more than can be read. Save the sheet as CSV')
