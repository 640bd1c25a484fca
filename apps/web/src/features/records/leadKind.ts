import { UsersRound } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import type { RecordKind } from './kinds.ts'
import { leadStore } from './stores.ts'
import { firstText } from './subtitles.ts'

export const leadKind: RecordKind = {
  object: 'lead',
  many: 'leads',
  icon: UsersRound,
  store: leadStore,
  path: paths.leads,
  pathOf: paths.lead,
  title: 'full_name',
  subtitleOf: (record) => firstText(record['company_name'], record['email'], record['phone']),
  badge: 'status',
  shown: [
    'full_name',
    'company_name',
    'stage_id',
    'status',
    'estimated_value',
    'owner_id',
    'email',
    'phone',
    'source',
    'tags',
    'created_at',
  ],
  asked: ['company_name', 'email', 'phone', 'source', 'estimated_value', 'tags', 'owner_id'],
  sections: [
    {
      name: 'details',
      fields: [
        'stage_id',
        'status',
        'owner_id',
        'estimated_value',
        'score',
        'probability',
        'source',
        'industry',
        'tags',
      ],
    },
    { name: 'reach', fields: ['company_name', 'email', 'phone', 'mobile', 'website'] },
    { name: 'place', fields: ['city', 'state', 'country'] },
    { name: 'outcome', fields: ['lost_reason'] },
  ],
  staged: { move: rapport.leads.moveStage, value: 'estimated_value', company: 'company_name' },
  person: 'lead',
  has_imports: true,
}
