import { Building2 } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import type { RecordKind } from './kinds.ts'
import { companyStore } from './stores.ts'
import { firstText } from './subtitles.ts'

export const companyKind: RecordKind = {
  object: 'company',
  many: 'companies',
  icon: Building2,
  store: companyStore,
  path: paths.companies,
  pathOf: paths.company,
  title: 'name',
  has_imports: true,
  subtitleOf: (record) => firstText(record['domain'], record['industry'], record['city']),
  shown: [
    'name',
    'domain',
    'industry',
    'city',
    'country',
    'employees',
    'annual_revenue',
    'owner_id',
    'tags',
    'created_at',
  ],
  asked: ['domain', 'industry', 'phone', 'city', 'parent_id', 'tags', 'owner_id'],
  sections: [
    {
      name: 'details',
      fields: ['parent_id', 'industry', 'employees', 'annual_revenue', 'owner_id', 'source', 'tags'],
    },
    { name: 'reach', fields: ['domain', 'website', 'email', 'phone'] },
    { name: 'place', fields: ['address', 'city', 'state', 'country'] },
  ],
}
