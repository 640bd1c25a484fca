import { inflateSync } from 'node:zlib'
import type { Company, Deal, Problem } from '@rapport/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type Caller, type TestApp } from '../../../testing/app.ts'
import { layOutQuote, type Issue } from './layout.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await createTestApp()
  owner = await app.register()
})
afterAll(() => app?.stop())

async function offered(lines: object[], fields: object = {}): Promise<Deal> {
  const { body } = await owner.call<Deal>('POST', '/crm/deals', { body: { name: 'Roof repair', ...fields } })
  for (const line of lines) await owner.call('POST', `/crm/deals/${body.id}/line-items`, { body: line })
  return body
}

/** Every stream of the file in the clear. */
function streamsOf(pdf: Buffer): string {
  const parts: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('\nendstream', at)
    try {
      parts.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'))
    } catch {
      // Fonts are streams of another kind.
    }
  }
  return parts.join('\n')
}

test('a quote is a PDF of as many pages as its lines take, in the language that is asked for', async () => {
  const lines = Array.from({ length: 60 }, (_, index) => ({ name: `Line ${index}`, unit_price: index }))
  const deal = await offered(lines)
  for (const language of ['en', 'pt-BR']) {
    const answer = await app.app.http.inject({
      method: 'GET',
      url: `/api/crm/deals/${deal.id}/quote.pdf?language=${language}`,
      headers: {
        authorization: `Bearer ${owner.session.access_token}`,
        'x-org-id': owner.session.organization.id,
      },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/pdf')
    expect(answer.headers['content-disposition']).toMatch(/^inline; filename="Q-\d{4}-[0-9A-F]{6}-\d+\.pdf"$/)
    const pdf = answer.rawPayload
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(3)
    expect(pdf.toString('latin1')).toContain(`/Lang (${language})`)
    expect(streamsOf(pdf)).toContain('BT')
  }
})

test('a deal without line items has nothing to offer', async () => {
  const deal = await offered([])
  const answer = await owner.call<Problem>('GET', `/crm/deals/${deal.id}/quote.pdf`)
  expect([answer.status, answer.body.code]).toEqual([409, 'no_line_items'])
})

const issue: Issue = {
  number: 'Q-2026-ABCDEF-3',
  date: '2026-11-21',
  valid_until: '2026-12-21',
  language: 'en',
}
const line = {
  id: '1',
  product_id: null,
  description: null,
  unit: null,
  discount_percent: 0,
  tax_percent: 0,
  created_at: '',
  updated_at: '',
}
const content = (more: object) => ({
  deal: {
    id: 'd',
    version: 3,
    name: 'Roof repair',
    company_id: null,
    owner_id: null,
    value: 1,
    currency: 'EUR',
    lines: [{ ...line, name: 'Tiles', quantity: 2, unit_price: 10, discount_percent: 10, tax_percent: 19 }],
  },
  organization: 'Telhados Ltda.',
  company: null,
  contact: null,
  seller: null,
  ...more,
})

test('its layout tells who offers what to whom, with the totals that the lines come to', async () => {
  const company: Partial<Company> = { name: 'Łódź Dachy', city: 'Łódź', country: 'Poland' }
  const text = JSON.stringify(layOutQuote(content({ company }), issue))
  for (const part of ['Telhados Ltda.', 'Łódź Dachy', 'Łódź, Poland', 'Q-2026-ABCDEF-3', 'December 21, 2026'])
    expect(text).toContain(part)
  for (const amount of ['€20.00', '-€2.00', '€18.00', '€3.42', '€21.42']) expect(text).toContain(amount)
})

test('in Portuguese it speaks and counts as Brazilians do', () => {
  const text = JSON.stringify(layOutQuote(content({}), { ...issue, language: 'pt-BR' }))
  for (const part of ['Proposta comercial', '21 de dezembro de 2026', '€\u00a021,42', '19 %'])
    expect(text).toContain(part)
})

test('the same lines without discount and tax need neither their columns nor their totals', () => {
  const plain = content({})
  plain.deal.lines = [{ ...line, name: 'Tiles', quantity: 2, unit_price: 10 }]
  const text = JSON.stringify(layOutQuote(plain, issue))
  for (const word of ['Discount', 'Tax', 'Subtotal', 'Net total']) expect(text).not.toContain(word)
})
