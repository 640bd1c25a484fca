/** From the request to the event on the screens of 50 connected members, beside a bare WebSocket broadcast of the same frame. */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import { logInAs, type Bench, type Figure, type MeasureFigures } from '../bench.ts'
import { percentiles } from '../load.ts'
import { request, type Member } from '../replay.ts'
import { idsOfLeads } from './lead-ids.ts'

const clients = 50
const moves = 100
const creates = 100
const spacing_ms = 40
const patience_ms = 15_000

type Frame = { record: { id: string; version: number | null } }
type Arrivals = { expect: (key: string) => Promise<number[]>; arrive: (key: string) => void }

export const measureRealtime: MeasureFigures = async (bench) => {
  bench.say('event to browser')
  const members = await Promise.all(
    [2, 3, 4].map((place) => logInAs(bench.product, bench.organization, place)),
  )
  const arrivals = collectArrivals(clients)
  let sample: Frame | null = null
  const sockets = await connectSockets(bench, members, (frame) => {
    sample ??= frame
    arrivals.arrive(keyOf(frame))
  })
  try {
    const moved = await measureMoves(bench, members[0] as Member, arrivals)
    const created = await measureCreates(bench, members[0] as Member, arrivals)
    if (!sample) throw new Error('No event arrived.')
    const limit = await measureBroadcast(bench, sample)
    return [figureOf('move to browser', moved, limit), figureOf('create to browser', created, limit)]
  } finally {
    for (const socket of sockets) socket.disconnect()
  }
}

const keyOf = ({ record }: Frame) => record.id

async function connectSockets(
  { product, organization }: Bench,
  members: Member[],
  onEvent: (frame: Frame) => void,
): Promise<Socket[]> {
  const sockets = Array.from({ length: clients }, (_, place) => {
    const { headers } = members[place % members.length] as Member
    const token = headers['authorization']?.replace('Bearer ', '')
    const socket = io(product.url, {
      path: '/api/realtime',
      transports: ['websocket'],
      auth: { token, organization_id: organization.id },
      reconnection: false,
    })
    socket.on('event', onEvent)
    return socket
  })
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          socket.once('ready', () => resolve())
          socket.once('connect_error', reject)
        }),
    ),
  )
  return sockets
}

/** Counts at how many clients each record's event has arrived, and when. */
function collectArrivals(wanted: number): Arrivals {
  const times = new Map<string, number[]>()
  const waiting = new Map<string, (arrived: number[]) => void>()
  const check = (key: string) => {
    const arrived = times.get(key)
    if (!arrived || arrived.length < wanted) return
    waiting.get(key)?.(arrived)
    waiting.delete(key)
  }
  return {
    arrive(key) {
      const arrived = times.get(key) ?? []
      arrived.push(performance.now())
      times.set(key, arrived)
      check(key)
    },
    async expect(key) {
      const arrived = new Promise<number[]>((resolve) => {
        waiting.set(key, resolve)
        check(key)
      })
      const late = pause(patience_ms, null, { ref: false }).then(() => null)
      const found = await Promise.race([arrived, late])
      if (!found) throw new Error(`The event of ${key} reached only ${times.get(key)?.length ?? 0} clients.`)
      return found
    },
  }
}

async function measureMoves(bench: Bench, member: Member, arrivals: Arrivals): Promise<number[]> {
  const stage_id = bench.organization.stages[3]?.id
  const times: number[] = []
  for (const id of await idsOfLeads(bench, moves, 2)) {
    const started = performance.now()
    const path = `/crm/leads/${id}/stage`
    await request(bench.product, member, { method: 'PATCH', path, body: { stage_id, version: 1 } })
    for (const arrived of await arrivals.expect(id)) times.push(arrived - started)
    await pause(spacing_ms)
  }
  return times
}

async function measureCreates(bench: Bench, member: Member, arrivals: Arrivals): Promise<number[]> {
  const times: number[] = []
  for (let count = 0; count < creates; count += 1) {
    const started = performance.now()
    const body = { full_name: `Seen at once ${count}` }
    const lead = await request(bench.product, member, { method: 'POST', path: '/crm/leads', body })
    for (const arrived of await arrivals.expect((lead as { id: string }).id)) times.push(arrived - started)
    await pause(spacing_ms)
  }
  return times
}

async function measureBroadcast({ bare }: Bench, frame: Frame): Promise<number[]> {
  const arrivals = collectArrivals(clients)
  const sockets = Array.from({ length: clients }, () => new WebSocket(bare.url.replace('http', 'ws')))
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  for (const socket of sockets)
    socket.on('message', (data) => arrivals.arrive(keyOf(JSON.parse(String(data)) as Frame)))
  const times: number[] = []
  for (let count = 0; count < moves; count += 1) {
    const key = `broadcast ${count}`
    const body = JSON.stringify({ ...frame, record: { ...frame.record, id: key } })
    const started = performance.now()
    await fetch(`${bare.url}/broadcast`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    for (const arrived of await arrivals.expect(key)) times.push(arrived - started)
    await pause(spacing_ms)
  }
  for (const socket of sockets) socket.terminate()
  return times
}

function figureOf(figure: string, rapport: number[], limit: number[]): Figure {
  const [own, bare] = [rapport, limit].map((times) => percentiles(times.toSorted((a, b) => a - b)))
  if (!own || !bare) throw new Error('Nothing was measured.')
  return {
    figure,
    unit: 'ms (p50)',
    rapport: own.p50,
    limit: bare.p50,
    ratio: bare.p50 / own.p50,
    p50_ms: own.p50,
    p95_ms: own.p95,
    p99_ms: own.p99,
    limit_p95_ms: bare.p95,
    target: 'p95 ≤ 150 ms',
    ok: own.p95 <= 150,
    note: `request to event at ${clients} clients; the limit only broadcasts, it writes nothing`,
  }
}
