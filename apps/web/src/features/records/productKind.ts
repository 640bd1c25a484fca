import { Package } from 'lucide-react'
import { paths } from '../../app/paths.ts'
import type { RecordKind } from './kinds.ts'
import { productStore } from './stores.ts'
import { firstText } from './subtitles.ts'

export const productKind: RecordKind = {
  object: 'product',
  many: 'products',
  icon: Package,
  store: productStore,
  path: paths.products,
  pathOf: paths.product,
  title: 'name',
  has_imports: true,
  subtitleOf: (record) => firstText(record['code'], record['description']),
  badge: 'status',
  shown: ['name', 'code', 'price', 'currency', 'tax_rate', 'unit', 'status', 'updated_at'],
  asked: ['code', 'unit', 'price', 'currency', 'tax_rate', 'description'],
  sections: [
    {
      name: 'details',
      fields: ['code', 'price', 'currency', 'tax_rate', 'unit', 'status', 'tags', 'description'],
    },
  ],
}
