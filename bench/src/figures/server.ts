/** The server process itself: memory after the loads, time to be healthy again, and what authentication costs. */
import type { MeasureFigures } from '../bench.ts'
import { asProduct, cycle, runLoad, type Side } from '../load.ts'
import { residentMegabytes, startProduct } from '../processes.ts'
import type { Call } from '../replay.ts'

const limits = { growth_percent: 10, start_ms: 5000 }

/** How often lists are asked for, for so long, to see whether memory grows with what has been served. */
const memory_rounds = 6
/** In these the heap finds its size. */
const settling_rounds = 2
const round_seconds = 6

/** Run last: it tells what the loads before have left, and whether more of them leave more. */
export const measureMemory: MeasureFigures = async (bench) => {
  bench.say('memory')
  const { product } = bench
  const resident = residentMegabytes(product.process)
  const figure = { figure: 'server memory after the loads', unit: 'MB resident', limit: null, ratio: null }
  if (resident === null)
    return [{ ...figure, rapport: Number.NaN, target: 'skipped', ok: null, note: 'only Linux tells' }]
  const sizes = [resident]
  const requests = cycle(
    ['', '?q=maria', '?sort=full_name', '?count=estimate'].map((query) => `/crm/leads${query}`),
  )
  const next = (): Call => ({ method: 'GET', path: requests() })
  for (let round = 0; round < memory_rounds; round += 1) {
    await runLoad(asProduct(product, await bench.logIn(), next), round_seconds)
    sizes.push(residentMegabytes(product.process) ?? Number.NaN)
  }
  const first = sizes[settling_rounds] ?? Number.NaN
  const growth = (100 * ((sizes.at(-1) ?? Number.NaN) - first)) / first
  return [
    { ...figure, rapport: resident, target: 'reported', ok: null },
    {
      ...figure,
      figure: 'memory growth over further loads',
      unit: '%',
      rapport: growth,
      target: `≤ ${limits.growth_percent} %`,
      ok: growth <= limits.growth_percent,
      note: `${sizes.map((size) => size.toFixed(0)).join(', ')} MB`,
    },
  ]
}

/** A second server on the same database, which has nothing to migrate. */
export const measureStart: MeasureFigures = async ({ database, say }) => {
  say('start to healthy')
  const again = await startProduct({ databaseUrl: database.url })
  await again.stop()
  const figure = { figure: 'start to healthy', unit: 'ms', limit: null, ratio: null }
  return [
    {
      ...figure,
      rapport: again.started_ms,
      target: `< ${limits.start_ms} ms`,
      ok: again.started_ms < limits.start_ms,
    },
  ]
}

/**
 * A search without a word in it asks the database nothing, so beside a public route the difference is what
 * credentials, membership, permission and validation cost a request.
 */
export const measureAuthentication: MeasureFigures = async (bench) => {
  bench.say('authentication')
  const open: Side = {
    server: bench.product,
    headers: {},
    next: () => ({ method: 'GET', path: '/api/meta' }),
  }
  const member = await bench.logIn()
  const closed = asProduct(bench.product, member, () => ({
    method: 'GET',
    path: '/crm/search?q=-',
  }))
  await runLoad(open, 1)
  await runLoad(closed, 1)
  const limit = rateOf(await runLoad(open, bench.seconds / 2))
  const rapport = rateOf(await runLoad(closed, bench.seconds / 2))
  const cost_us = 1e6 / rapport - 1e6 / limit
  // One request after the other, so that its time is its own work and no waiting for others.
  const list = asProduct(bench.product, member, () => ({ method: 'GET', path: '/crm/leads' }))
  await runLoad(list, 1, 1)
  const list_us = 1e6 / rateOf(await runLoad(list, bench.seconds / 2, 1))
  const share = (100 * cost_us) / list_us
  return [
    {
      figure: 'signed-in route against a public one',
      unit: 'requests/s',
      rapport,
      limit,
      ratio: rapport / limit,
      target: 'reported',
      ok: null,
      note: `credentials, permission and validation cost ${cost_us.toFixed(0)} µs a request`,
    },
    {
      figure: 'what they add to a list request',
      unit: '%',
      rapport: share,
      limit: null,
      ratio: null,
      target: '≤ 10 %',
      ok: share <= 10,
      note: `of ${(list_us / 1000).toFixed(2)} ms for a list of 50 by itself`,
    },
  ]
}

const rateOf = ({ times_ms, seconds }: { times_ms: number[]; seconds: number }) => times_ms.length / seconds
