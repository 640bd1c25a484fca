import { expect, test } from 'vitest'
import { makeFormat } from '../format.ts'
import { fieldTypes, type ColumnType } from './fieldTypes.ts'
import type { CellValue } from './types.ts'

const options = [
  { value: 'true', label: 'Sim' },
  { value: 'false', label: 'Não' },
  { value: 'a', label: 'Alfa' },
  { value: 'b', label: 'Beta' },
]
const about = { options, currency: 'BRL' }

const samples: Record<ColumnType, CellValue> = {
  text: 'Ana, of Lyon',
  long_text: 'one\ntwo',
  number: -1234.567,
  money: 1234.5,
  date: '2026-12-31',
  datetime: '2026-12-31T15:04:00.000Z',
  moment: '2026-12-31',
  boolean: false,
  select: 'b',
  multi_select: ['b', 'a'],
  user: 'a',
  email: 'ana@example.com',
  phone: '+5511987654321',
  url: 'https://example.com/a?b=1',
  emails: ['ana@example.com', 'eva@example.com'],
  phones: ['+5511987654321', '+12025550123'],
}
const each = Object.entries(samples) as [ColumnType, CellValue][]

test.each(each)('a value of the type %s is the same after it was copied and pasted', (name, value) => {
  const type = fieldTypes[name]
  expect(type.read(type.copy(value, about), about, makeFormat('en'))).toEqual({ ok: true, value })
})

const written = each.filter(([name]) => fieldTypes[name].choice === undefined)
test.each(written)(
  'a value of the type %s is the same after its editor was opened and left',
  (name, value) => {
    const type = fieldTypes[name]
    const formats = [makeFormat('en'), makeFormat('pt-BR'), makeFormat('en', { date_format: 'dmy' })]
    for (const format of formats)
      expect(type.read(type.draft(value, format), about, format)).toEqual({ ok: true, value })
  },
)
