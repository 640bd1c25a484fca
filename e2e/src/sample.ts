/** A made-up organization that looks like a working day. */
import { setTimeout as sleep } from 'node:timers/promises'
import { addLeads, type Desk, type LeadDraft } from './desk.ts'
import { aLeadExport } from './lead-export.ts'

const people = [
  ['Mariana Duarte', 'Duarte Logística', 'working', 48_000, 82],
  ['Otávio Ferraz', 'Ferraz & Ferraz', 'new', 12_500, 41],
  ['Priya Raman', 'Northwind Textiles', 'qualified', 230_000, 91],
  ['Jonas Lindqvist', 'Lindqvist Möbler AB', 'nurturing', 7_900, 28],
  [
    'Beatriz Antunes de Albuquerque',
    'Albuquerque Importação e Exportação de Alimentos',
    'working',
    99_999,
    67,
  ],
  ['Tom Okafor', null, 'new', null, null],
  ['Sofia Marchetti', 'Marchetti Ceramiche', 'converted', 61_200, 88],
  ['Lucas Prado', 'Prado Motores', 'lost', 5_400, 12],
  ['Helena Castro', 'Castro Arquitetura', 'working', 33_000, 59],
  ['Wei Zhang', 'Harbour Lights', 'new', 18_750, 47],
] as const
const stages = ['New', 'Contacted', 'Qualified', 'New', 'Proposal', 'New', 'Won', 'Lost', 'Contacted', 'New']
const sources = ['Fair', 'Website', 'Referral', 'Instagram']

export async function fillDesk(desk: Desk): Promise<void> {
  const drafts = people.map(([full_name, company_name, status, estimated_value, score], index): LeadDraft => {
    const [first = ''] = full_name
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z ]/g, '')
      .split(' ')
    return {
      full_name,
      company_name,
      status,
      estimated_value,
      score,
      stage_id: desk.stage(stages[index] ?? 'New').id,
      email: `${first}@example.com`,
      phone: `+55 11 98765-43${10 + index}`,
      source: sources[index % sources.length] ?? null,
      owner_id: index % 3 === 0 ? null : desk.session.user.id,
    }
  })
  const [first] = await addLeads(desk.rapport, drafts)
  if (!first) return
  const params = { id: first.id }
  await desk.rapport.leads.update({ params, body: { city: 'Santos', state: 'SP', version: first.version } })
  await desk.rapport.leads.logActivity({
    params,
    body: {
      type: 'call',
      body: 'Wants a quote for two containers a month, decides by the end of the quarter.',
    },
  })
}

/** Follow-ups of some leads: overdue, today, coming, and one that is done. */
export async function fillDay({ rapport }: Desk): Promise<void> {
  const { items } = await rapport.leads.list({ query: { limit: '200' } })
  const plans = [
    ['Mariana Duarte', -26, 'call', 'Ask which port the containers come from'],
    ['Beatriz Antunes de Albuquerque', -2, 'whatsapp', null],
    ['Wei Zhang', 1, 'call', 'Prefers mornings'],
    ['Priya Raman', 49, 'meeting', 'Bring the samples of both weights, and the price list of last year'],
    ['Jonas Lindqvist', 98, 'email', null],
  ] as const
  for (const [full_name, hours, channel, note] of plans) {
    const lead = items.find((one) => one.full_name === full_name)
    if (!lead) throw new Error(`There is no lead "${full_name}".`)
    const params = { id: lead.id }
    await rapport.leads.update({ params, body: { country: 'BR', state: 'Amazonas' } })
    await rapport.leadFollowUps.create({ params, body: { due_at: inDays(hours / 24), channel, note } })
  }
}

/** A group of two companies with people in them, one of whom decides about a lead. */
export async function fillPeople({ rapport }: Desk, lead_id: string) {
  const group = await rapport.companies.create({
    body: {
      name: 'Meridiano Participações',
      domain: 'meridiano.example',
      employees: 5400,
      annual_revenue: 812_000_000,
    },
  })
  await rapport.companies.create({
    body: { name: 'Quasar Metais', domain: 'quasar.example', city: 'Recife', parent_id: group.id },
  })
  const decider = await rapport.contacts.create({
    body: {
      full_name: 'Inês Valadares',
      position: 'CFO',
      email: 'ines@meridiano.example',
      emails: ['ines.v@gmail.com'],
      phone: '+55 11 91234-5678',
    },
  })
  await rapport.contacts.create({ body: { full_name: 'Caio Brandão', email: 'caio@quasar.example' } })
  await rapport.leadContacts.link({
    params: { id: lead_id },
    body: { contact_id: decider.id, part: 'Sponsor' },
  })
  return { company_id: group.id, contact_id: decider.id }
}

/** Deals in several stages, one of them with lines of products, of the company and with the contact. */
export async function fillDeals({ rapport }: Desk, people: { company_id: string; contact_id: string }) {
  const { items } = await rapport.pipelines.list({ query: { object: 'deal' } })
  const [pipeline] = items
  if (!pipeline) throw new Error('A new organization has no pipeline of deals.')
  const stages = pipeline.stages
  const waiting = stages[1]
  if (waiting)
    await rapport.pipelines.updateStage({
      params: { id: pipeline.id, stage_id: waiting.id },
      body: { version: waiting.version, rotting_days: 5, required_fields: ['value', 'expected_close'] },
    })
  const oil = await rapport.products.create({
    body: { name: 'Extra virgin olive oil 500 ml', code: 'OIL-500', price: 84.9, tax_rate: 12, unit: 'case' },
  })
  await rapport.products.create({ body: { name: 'Import consulting', price: 1200, unit: 'day' } })
  const { company_id } = people
  const drafts = [
    { name: 'Olive oil for 2027', value: 48_000, expected_close: inDays(40).slice(0, 10) },
    { name: 'Two containers a month', value: 230_000, expected_close: inDays(90).slice(0, 10) },
    { name: 'Warehouse in Santos', value: 61_200, lost_reason: null },
    { name: 'Trial order', value: 5_400 },
    { name: 'Consulting for the new plant', value: 18_750, lost_reason: 'Went with their own team' },
  ]
  const made = []
  for (const [index, draft] of drafts.entries())
    made.push(
      await rapport.deals.create({
        body: { ...draft, company_id, stage_id: stages[(index + 1) % stages.length]?.id ?? '' },
      }),
    )
  const deal_id = made[0]?.id ?? ''
  const params = { id: deal_id }
  await rapport.lineItems.create({
    params,
    body: { product_id: oil.id, quantity: 480, discount_percent: 7.5 },
  })
  await rapport.lineItems.create({
    params,
    body: { name: 'Customs clearance', quantity: 1, unit_price: 2_350 },
  })
  await rapport.dealContacts.link({ params, body: { contact_id: people.contact_id, part: 'Decision maker' } })
  return { deal_id, pipeline_id: pipeline.id }
}

/** Two programs with keys of their own, and one whose time is over. */
export async function makeKeys({ rapport }: Desk): Promise<void> {
  const keys = [
    { name: 'Website form', scopes: ['leads:read:own', 'leads:create', 'pipelines:read'] },
    { name: 'Accounting', scopes: ['leads:read', 'leads:create'], expires_at: inDays(5) },
    { name: 'Old newsletter', scopes: ['leads:read'] },
  ]
  for (const body of keys) {
    const { id } = await rapport.apiKeys.create({ body })
    if (body.name === 'Old newsletter') await rapport.apiKeys.revoke({ params: { id } })
  }
}

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600_000).toISOString()

export type SampleImports = { waiting: string; done: string }

/** One file that waits to be matched and one that came in, but for a row. */
export async function importFiles(desk: Desk): Promise<SampleImports> {
  const upload = (name: string) =>
    desk.rapport.imports.upload({
      body: { object: 'lead' },
      file: new File([aLeadExport(60)], name, { type: 'text/csv' }),
    })
  const done = await upload('fair-2026.csv')
  const params = { id: done.id }
  await desk.rapport.imports.start({
    params,
    body: { mapping: done.guessed_mapping, duplicate_policy: 'skip' },
  })
  while ((await desk.rapport.imports.get({ params })).state !== 'completed') await sleep(100)
  const waiting = await upload('old-system.csv')
  return { done: done.id, waiting: waiting.id }
}
