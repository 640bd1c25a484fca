/** Lists, single reads and search: the same SELECTs by the product and by the bare server. */
import { asBare, asProduct, compareLoad, cycle, type Compared } from '../load.ts'
import { sendReplays, type Bench, type Figure, type MeasureFigures } from '../bench.ts'
import { captureRead, type Call, type Replay } from '../replay.ts'
import { pickSearchName } from '../seed/names.ts'
import { createRandom } from '../seed/random.ts'
import { idsOfLeads, phonesOfLeads } from './lead-ids.ts'

const get = (path: string): Call => ({ method: 'GET', path })
const leadsBy = (query: Record<string, string>): Call => get(`/crm/leads?${new URLSearchParams(query)}`)
const filtered = (filter: object): Call => leadsBy({ filter: JSON.stringify(filter) })
const list_target = { ratio: 0.75, p95_ms: 60 }
const custom_target = { ratio: 0.7, p95_ms: 60 }

export const measureList: MeasureFigures = async (bench) => [
  await measureReads(bench, 'list of 50 newest', [get('/crm/leads')], list_target),
]

export const measureFilteredList: MeasureFigures = async (bench) => {
  const { members } = bench.organization
  const byOwner = members.map(({ id }) =>
    filtered({
      and: [
        { field: 'status', op: 'in', value: ['new', 'working'] },
        { field: 'owner_id', op: 'eq', value: id },
      ],
    }),
  )
  const byStatus = ['new', 'qualified', 'lost'].map((value) => filtered({ field: 'status', op: 'eq', value }))
  const byTag = ['Hot', 'Trial'].map((name) => filtered({ field: 'tags', op: 'has_any', value: [name] }))
  return [
    await measureReads(bench, 'filtered list (status in, owner)', byOwner, list_target),
    await measureReads(bench, 'filtered list (status)', byStatus, list_target),
    await measureReads(bench, 'filtered list (tag)', byTag, list_target),
  ]
}

/** By the fields that the organization made: in their order, and by conditions that few and that many records meet. */
export const measureCustomFields: MeasureFigures = async (bench) => {
  const budget = (op: string, value: number) => ({ field: 'custom.budget', op, value })
  const lists: Record<string, Call[]> = {
    'sorted by a custom number': ['custom.budget', '-custom.budget'].map((sort) => leadsBy({ sort })),
    'filtered by a custom number (rare)': [9_990, 9_992, 9_995].map((value) =>
      filtered(budget('gte', value)),
    ),
    'filtered by a custom number (common)': [500, 1_000, 2_000].map((value) =>
      filtered(budget('gte', value)),
    ),
    'filtered and sorted by a custom number': [500, 1_000, 9_900].map((value) =>
      leadsBy({ filter: JSON.stringify(budget('gte', value)), sort: '-custom.budget' }),
    ),
    'filtered by a custom option': ['Gold', 'Platinum', 'Basic'].map((value) =>
      filtered({ field: 'custom.tier', op: 'eq', value }),
    ),
    'sorted by a standard field': ['full_name', '-updated_at', 'email'].map((sort) => leadsBy({ sort })),
  }
  const figures: Figure[] = []
  for (const [name, calls] of Object.entries(lists))
    figures.push(await measureReads(bench, `list ${name}`, calls, custom_target))
  return figures
}

export const measureGroups: MeasureFigures = async (bench) => [
  await measureReads(
    bench,
    'group counts (status, owner, stage)',
    ['status', 'owner_id', 'stage_id'].map((group_by) =>
      get(`/crm/leads/groups?${new URLSearchParams({ group_by })}`),
    ),
    custom_target,
  ),
]

export const measureSearchedList: MeasureFigures = async (bench) => [
  await measureReads(
    bench,
    'searched list (1 and 2 words)',
    searches(7).map((q) => leadsBy({ q })),
    list_target,
  ),
]

/** Four who never stop to read ask as often as hundreds who type. */
const search_target = { ratio: 0.5, p95_ms: 50, connections: 4 }

/** Each way to ask has its own figure: they take other ways through the words. The palette's under the load of lists, too. */
export const measureSearch: MeasureFigures = async (bench) => {
  const mixed = searches(8)
  const phones = await phonesOfLeads(bench, 60)
  const ways: Record<string, string[]> = {
    'search by one word': mixed.filter((q) => !q.includes(' ')),
    'search by two words': mixed.filter((q) => q.includes(' ')),
    'search by a misspelt word': mixed
      .map((q) => misspell(q.split(' ').at(-1) ?? q))
      .filter((q) => q.length > 4),
    'search by a phone number': phones.map(asTyped),
  }
  const { connections: _, ...loaded } = search_target
  const all = mixed.map((q) => get(`/crm/search?${new URLSearchParams({ q })}`))
  const figures = [await measureReads(bench, 'search endpoint (palette), 32 at once', all, loaded)]
  for (const [name, queries] of Object.entries(ways))
    figures.push(
      await measureReads(
        bench,
        name,
        queries.map((q) => get(`/crm/search?${new URLSearchParams({ q })}`)),
        search_target,
      ),
    )
  return figures
}

/** Two letters in the middle that changed places. */
function misspell(word: string): string {
  const at = Math.floor(word.length / 2)
  return word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1)
}

/** As people write a number: without the country, in pairs. */
const asTyped = (phone: string): string => phone.slice(-8).replaceAll(/(..)(?=.)/g, '$1 ')

export const measureSingleRead: MeasureFigures = async (bench) => {
  const ids = await idsOfLeads(bench, 200)
  return [
    await measureReads(
      bench,
      'single read',
      ids.map((id) => get(`/crm/leads/${id}`)),
      { ratio: 0.5, p95_ms: 60 },
    ),
  ]
}

/** Half of one name, half of first and last name, the last one often just begun. */
function searches(seed: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length: 60 }, (_, place) => {
    const { first, last } = pickSearchName(random)
    if (place % 2 === 0) return random.chance(0.5) ? first : last
    return `${first} ${random.chance(0.5) ? last : last.slice(0, 4)}`
  })
}

export async function measureReads(
  bench: Bench,
  figure: string,
  calls: Call[],
  target: { ratio: number; p95_ms?: number; connections?: number },
): Promise<Figure> {
  bench.say(figure)
  const observer = await bench.logIn(bench.capturing)
  const replays: Replay[] = []
  for (const call of calls) replays.push(await captureRead(bench.capturing, observer, call))
  const name = figure.replace(/\W+/g, '-')
  await sendReplays(bench, name, replays)
  const compared = await compareLoad(
    asProduct(bench.product, await bench.logIn(), cycle(calls)),
    asBare(bench.bare, cycle(calls.map((_, place) => get(`/run/${name}/${place}`)))),
    bench.seconds,
    undefined,
    target.connections,
  )
  return figureOf(figure, compared, target)
}

export function figureOf(
  figure: string,
  { rapport, limit }: Compared,
  target: { ratio: number; p95_ms?: number },
): Figure {
  const ratio = rapport.per_second / limit.per_second
  return {
    figure,
    unit: 'requests/s',
    rapport: rapport.per_second,
    limit: limit.per_second,
    ratio,
    p50_ms: rapport.p50,
    p95_ms: rapport.p95,
    p99_ms: rapport.p99,
    limit_p95_ms: limit.p95,
    processor_us: rapport.processor_us,
    limit_processor_us: limit.processor_us,
    target: `≥ ${target.ratio * 100} %${target.p95_ms === undefined ? '' : `, p95 < ${target.p95_ms} ms`}`,
    ok: ratio >= target.ratio && rapport.p95 < (target.p95_ms ?? Number.POSITIVE_INFINITY),
  }
}
