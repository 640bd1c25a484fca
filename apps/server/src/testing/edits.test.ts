/** Two people edit, delete, restore and take back side by side: a model without a database predicts what becomes of it. */
import type { Lead, Problem, UndoneChange } from '@rapport/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../platform/actor.ts'
import { createTestApp, type Caller, type TestApp } from './app.ts'
import { modelOf, type Given, type Held, type Outcome } from './edit-model.ts'
import { holds, sortedBy } from './plain-evaluation.ts'
import { propertyRuns, propertyTimeout_ms } from './property-runs.ts'

let app: TestApp
let people: readonly [Caller, Caller]

const colours = ['Red', 'Green', 'Blue']
const grades = ['Gold', 'Silver']
const sizes = [1, 2.5]
const words = ['cold', 'hot', 'warm']

beforeAll(async () => {
  app = await createTestApp()
  const owner = await app.register()
  people = [owner, await app.join(owner, 'admin')]
  const fields = [
    { key: 'size', type: 'number' },
    { key: 'grade', type: 'select', options: grades },
    { key: 'colours', type: 'multi_select', options: colours },
  ]
  for (const field of fields) {
    const body = { object: 'lead', label: field.key, ...field }
    expect(await owner.call('POST', '/crm/custom-fields', { body })).toMatchObject({ status: 201 })
  }
})
afterAll(() => app?.stop())

// What they do ---------------------------------------------------------------------------------------

const optional = { requiredKeys: [] }
const given = fc
  .record(
    {
      full_name: fc.constantFrom('Ada', 'Bea'),
      city: fc.constantFrom('Recife', 'Natal', null),
      score: fc.constantFrom(1, 2, null),
      'custom.size': fc.constantFrom(...sizes, null),
      'custom.grade': fc.constantFrom(...grades, null),
      'custom.colours': fc.oneof(fc.constant(null), fc.array(fc.constantFrom(...colours), { maxLength: 3 })),
      tags: fc.oneof(
        fc.uniqueArray(fc.constantFrom(...words), { maxLength: 2 }),
        fc.record({
          add: fc.uniqueArray(fc.constantFrom(...words), { maxLength: 2 }),
          remove: fc.uniqueArray(fc.constantFrom(...words), { maxLength: 2 }),
        }),
      ),
    },
    optional,
  )
  .filter((fields) => Object.keys(fields).length > 0)

type Act = { by: 0 | 1; record: number } & (
  | { act: 'read' | 'restore' }
  /** @property mine whether their own values stand where both changed the same. */
  | { act: 'edit'; given: Given; mine: boolean }
  /** @property careful whether it matters to them what others did since they read it. */
  | { act: 'delete'; careful: boolean }
  | { act: 'undo'; named: boolean }
)
const who = { by: fc.constantFrom(0 as const, 1 as const), record: fc.nat(2) }
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ act: fc.constant('edit' as const), ...who, given, mine: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('read' as const), ...who }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('delete' as const), ...who, careful: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('restore' as const), ...who }) },
    { weight: 5, arbitrary: fc.record({ act: fc.constant('undo' as const), ...who, named: fc.boolean() }) },
  ),
  { minLength: 1, maxLength: 40 },
)

// How it is asked of the application -----------------------------------------------------------------

/** As the API takes it: values of custom fields in `custom`. */
function bodyOf(fields: Given): Record<string, unknown> {
  const { custom = [], plain = [] } = Object.groupBy(Object.entries(fields), ([field]) =>
    field.startsWith('custom.') ? 'custom' : 'plain',
  )
  const values = Object.fromEntries(custom.map(([field, value]) => [field.slice('custom.'.length), value]))
  return { ...Object.fromEntries(plain), ...(custom.length > 0 ? { custom: values } : {}) }
}

const asHeld = (lead: Lead): Held => ({
  fields: {
    full_name: lead.full_name,
    city: lead.city,
    score: lead.score,
    'custom.size': lead.custom['size'] ?? null,
    'custom.grade': lead.custom['grade'] ?? null,
    'custom.colours': lead.custom['colours'] ?? null,
    tags: lead.tags.map(({ name }) => name),
  },
  version: lead.version,
  trashed: lead.deleted_at !== null,
})

type Refusal = Problem & { conflicts?: string[]; current?: Lead }
type Told = { status: number; body: unknown; text: string }

/** That the application answers what the model says. */
function expectOutcome(answer: Told, outcome: Outcome): void {
  if (outcome.done) {
    expect([200, 204], answer.text).toContain(answer.status)
    return
  }
  const { code, conflicts } = answer.body as Refusal
  expect({ code, conflicts: conflicts?.toSorted() }, answer.text).toEqual({
    code: outcome.code,
    conflicts: outcome.conflicts?.toSorted(),
  })
}

async function aLead(by: Caller): Promise<Lead> {
  const { body } = await by.call<Lead>('POST', '/crm/leads', { body: { full_name: 'Ada' } })
  return body
}

/** A scene of its own for each run: three leads, and nothing else that could be taken back. */
async function newScene() {
  const { organization } = people[0].session
  await app.app.platform.tenancy.inTenant(systemActor(organization.id), ({ tx }) =>
    tx
      .updateTable('activities')
      .set({ undoable_by: null })
      .where('organization_id', '=', organization.id)
      .where('undoable_by', 'is not', null)
      .execute(),
  )
  const makers = [0, 1, 0] as const
  const leads: Lead[] = []
  for (const maker of makers) leads.push(await aLead(people[maker]))
  const model = modelOf(leads.map(asHeld), makers, colours)
  /** The versions that each of the two knows. */
  const known = people.map(() => leads.map(({ version }) => version))
  return { ids: leads.map(({ id }) => id), model, known }
}
type Scene = Awaited<ReturnType<typeof newScene>>

const pathOf = ({ ids }: Scene, record: number) => `/crm/leads/${ids[record]}`

async function expectRecord(scene: Scene, record: number): Promise<Lead> {
  const { body } = await people[0].call<Lead>('GET', pathOf(scene, record))
  expect(asHeld(body)).toEqual(scene.model.at(record))
  return body
}

/** As the web app saves: on the version that is known; again where nothing clashes, or by what the person chooses. */
async function edit(scene: Scene, { by, record, given: fields, mine }: Act & { act: 'edit' }): Promise<void> {
  const { model, known } = scene
  const save = async (values: Given, version: number) => {
    const outcome = model.edit(by, record, values, version)
    const body = { ...bodyOf(values), version }
    const answer = await people[by].call<Lead | Refusal>('PATCH', pathOf(scene, record), { body })
    expectOutcome(answer, outcome)
    const now = outcome.done ? (answer.body as Lead) : (answer.body as Refusal).current
    if (now) expect(asHeld(now)).toEqual(model.at(record))
    if (now && known[by]) known[by][record] = now.version
    return outcome
  }
  const outcome = await save(fields, known[by]?.[record] ?? 0)
  if (outcome.done || outcome.code !== 'version_conflict') return
  const clashing = mine ? [] : (outcome.conflicts ?? [])
  const kept = Object.entries(fields).filter(([field]) => !clashing.includes(field))
  if (kept.length > 0)
    expect(await save(Object.fromEntries(kept), model.at(record).version)).toMatchObject({ done: true })
}

async function remove(scene: Scene, { by, record, careful }: Act & { act: 'delete' }): Promise<void> {
  const version = careful ? scene.known[by]?.[record] : undefined
  const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await people[by].call('DELETE', pathOf(scene, record), { headers })
  expectOutcome(answer, scene.model.remove(by, record, version))
}

async function undo(scene: Scene, { by, record, named }: Act & { act: 'undo' }): Promise<void> {
  const { model, ids } = scene
  const meant = model.lastOf(by, named ? record : null)
  const outcome = model.undo(by, named ? record : null)
  const body = named ? { object: 'lead', id: ids[record] } : {}
  const answer = await people[by].call<UndoneChange>('POST', '/crm/undo', { body })
  expectOutcome(answer, outcome)
  if (!outcome.done || !meant) return
  expect(answer.body.id).toBe(ids[meant.record])
  expect(answer.body.kept.toSorted()).toEqual((outcome.kept ?? []).toSorted())
  await expectRecord(scene, meant.record)
}

async function perform(scene: Scene, act: Act): Promise<void> {
  const { by, record } = act
  if (act.act === 'edit') return edit(scene, act)
  if (act.act === 'delete') return remove(scene, act)
  if (act.act === 'undo') return undo(scene, act)
  if (act.act === 'restore')
    expectOutcome(
      await people[by].call('POST', `${pathOf(scene, record)}/restore`),
      scene.model.restore(by, record),
    )
  const { version } = await expectRecord(scene, record)
  if (act.act === 'read' && scene.known[by]) scene.known[by][record] = version
}

// What is to be found in the end ----------------------------------------------------------------------

const conditions = [
  ...sizes.map((value) => ({ field: 'custom.size', op: 'eq', value }) as const),
  ...grades.map((value) => ({ field: 'custom.grade', op: 'eq', value }) as const),
  ...colours.map((value) => ({ field: 'custom.colours', op: 'has_any', value: [value] }) as const),
  ...words.map((value) => ({ field: 'tags', op: 'has_any', value: [value] }) as const),
  ...['size', 'grade', 'colours'].map((key) => ({ field: `custom.${key}`, op: 'is_empty' }) as const),
]

/** The lists find by each value exactly the records that have it, in the order of their values. */
async function expectFound({ ids }: Scene, leads: readonly Lead[]): Promise<void> {
  const these = { field: 'id', op: 'in', value: ids }
  const list = async (query: Record<string, string>) => {
    const answer = await people[1].call<{ items: Lead[]; total?: number }>(
      'GET',
      `/crm/leads?${new URLSearchParams({ fields: 'id', ...query }).toString()}`,
    )
    expect(answer.status, answer.text).toBe(200)
    return answer.body.items.map(({ id }) => id)
  }
  const live = leads.filter(({ deleted_at }) => deleted_at === null)
  for (const condition of conditions) {
    const wanted = live.filter((lead) => holds(lead, condition)).map(({ id }) => id)
    const found = await list({ filter: JSON.stringify({ and: [these, condition] }) })
    expect(found.toSorted(), JSON.stringify(condition)).toEqual(wanted.toSorted())
  }
  for (const sort of ['custom.size', '-custom.grade']) {
    const wanted = sortedBy(live, [sort]).map(({ id }) => id)
    expect(await list({ filter: JSON.stringify(these), sort })).toEqual(wanted)
  }
  const gone = leads.filter(({ deleted_at }) => deleted_at !== null).map(({ id }) => id)
  expect((await list({ filter: JSON.stringify(these), trashed: 'true' })).toSorted()).toEqual(gone.toSorted())
}

test(
  'any row of edits, clashes, deletions and undos ends as the rules say, and the lists find it so',
  async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (row) => {
        const scene = await newScene()
        for (const act of row) await perform(scene, act)
        const leads = [0, 1, 2].map((record) => expectRecord(scene, record))
        await expectFound(scene, await Promise.all(leads))
      }),
      propertyRuns(60),
    )
  },
  propertyTimeout_ms,
)
