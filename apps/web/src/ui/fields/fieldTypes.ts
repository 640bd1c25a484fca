/** The types of fields as screens know them. A new one is a file beside this one, and a line here. */
import { boolean } from './boolean.tsx'
import { date } from './date.ts'
import { datetime } from './datetime.ts'
import { email } from './email.tsx'
import { emails } from './emails.ts'
import { longText } from './longText.tsx'
import { moment } from './moment.ts'
import { money } from './money.tsx'
import { multiSelect } from './multiSelect.tsx'
import { number } from './number.ts'
import { phone } from './phone.tsx'
import { phones } from './phones.ts'
import { select } from './select.tsx'
import { text } from './text.ts'
import type { FieldType } from './types.ts'
import { url } from './url.tsx'
import { user } from './user.tsx'

const types = {
  text,
  long_text: longText,
  number,
  money,
  date,
  datetime,
  moment,
  boolean,
  select,
  multi_select: multiSelect,
  user,
  email,
  phone,
  url,
  emails,
  phones,
}

export type ColumnType = keyof typeof types
export const fieldTypes: Readonly<Record<ColumnType, FieldType>> = types
