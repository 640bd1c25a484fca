import { Contact } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import type { RecordKind } from './kinds.ts'
import { contactStore } from './stores.ts'
import { firstText, relatedText } from './subtitles.ts'

export const contactKind: RecordKind = {
  object: 'contact',
  many: 'contacts',
  icon: Contact,
  store: contactStore,
  path: paths.contacts,
  pathOf: paths.contact,
  title: 'full_name',
  has_imports: true,
  subtitleOf: (record) =>
    firstText(relatedText(record['company']), record['position'], record['email'], record['phone']),
  shown: ['full_name', 'position', 'company_id', 'email', 'phone', 'owner_id', 'city', 'tags', 'created_at'],
  asked: ['company_id', 'position', 'email', 'phone', 'tags', 'owner_id'],
  sections: [
    { name: 'details', fields: ['company_id', 'position', 'owner_id', 'source', 'tags'] },
    { name: 'reach', fields: ['email', 'emails', 'phone', 'mobile', 'phones', 'linkedin'] },
    { name: 'place', fields: ['city', 'state', 'country'] },
  ],
  person: 'contact',
}
