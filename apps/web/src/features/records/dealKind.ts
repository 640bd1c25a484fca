import { Handshake } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import type { RecordKind } from './kinds.ts'
import { dealStore } from './stores.ts'
import { firstText, relatedText } from './subtitles.ts'

export const dealKind: RecordKind = {
  object: 'deal',
  many: 'deals',
  icon: Handshake,
  store: dealStore,
  path: paths.deals,
  pathOf: paths.deal,
  title: 'name',
  has_imports: true,
  subtitleOf: (record) => firstText(relatedText(record['company']), record['source']),
  badge: 'stage_id',
  shown: [
    'name',
    'company_id',
    'stage_id',
    'value',
    'probability',
    'expected_close',
    'owner_id',
    'tags',
    'created_at',
  ],
  asked: ['company_id', 'value', 'expected_close', 'source', 'tags', 'owner_id'],
  sections: [
    {
      name: 'details',
      fields: [
        'stage_id',
        'company_id',
        'value',
        'currency',
        'probability',
        'forecast_category',
        'expected_close',
        'owner_id',
        'source',
        'tags',
        'description',
      ],
    },
    { name: 'outcome', fields: ['status', 'closed_at', 'lost_reason'] },
  ],
  staged: { move: rapport.deals.moveStage, value: 'value', company: 'company_id' },
}
