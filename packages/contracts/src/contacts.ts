import { z } from 'zod'
import { changedCustom, newCustom, toldCustom } from './custom-values.ts'
import { emptyToNull } from './leads.ts'
import { recordOperations } from './records.ts'
import { Email, Id, line, optionalLine, RelatedRecord, Timestamp, Version } from './shared.ts'
import { RecordTag, TagChange, TagList } from './tags.ts'

const fields = {
  position: optionalLine(120),
  company_id: Id.nullish(),
  email: z.preprocess(emptyToNull, Email.nullish()),
  /** Further addresses, beside the first one in `email`. */
  emails: z.array(Email).max(10).optional(),
  phone: optionalLine(60),
  mobile: optionalLine(60),
  phones: z.array(line(60)).max(10).optional(),
  linkedin: optionalLine(500),
  country: optionalLine(80),
  state: optionalLine(120),
  city: optionalLine(120),
  time_zone: optionalLine(64),
  source: optionalLine(120),
  external_id: optionalLine(200),
  owner_id: Id.nullish(),
}

export const NewContact = z.strictObject({
  full_name: line(200),
  ...fields,
  custom: newCustom('contact'),
  tags: TagList.optional(),
})
export const ContactChange = z.strictObject({
  full_name: line(200).optional(),
  ...fields,
  custom: changedCustom('contact'),
  tags: TagChange.optional(),
  version: Version.optional(),
})

export const Contact = z.object({
  id: Id,
  full_name: z.string(),
  position: z.string().nullable(),
  company_id: Id.nullable(),
  email: z.string().nullable(),
  emails: z.array(z.string()),
  phone: z.string().nullable(),
  mobile: z.string().nullable(),
  phones: z.array(z.string()),
  linkedin: z.string().nullable(),
  country: z.string().nullable(),
  state: z.string().nullable(),
  city: z.string().nullable(),
  time_zone: z.string().nullable(),
  source: z.string().nullable(),
  external_id: z.string().nullable(),
  owner_id: Id.nullable(),
  tags: z.array(RecordTag),
  custom: toldCustom('contact'),
  version: z.int(),
  created_by: Id.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted_at: Timestamp.nullable(),
  company: RelatedRecord.nullish(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Contact = z.infer<typeof Contact>

export const contacts = recordOperations({
  path: 'contacts',
  one: 'contact',
  many: 'contacts',
  Record: Contact,
  New: NewContact,
  Change: ContactChange,
})
