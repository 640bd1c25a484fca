/** Load on the product and on the bare server by turns, so that whatever drifts on the machine hits both. */
import autocannon from 'autocannon'
import { processorMicroseconds, type Running } from './processes.ts'
import type { Call, Member } from './replay.ts'

export const connections = 32
/** Until the machine code of what is measured is made. */
const warmup_s = 4
const rounds = 4

export type Measured = {
  per_second: number
  p50: number
  p95: number
  p99: number
  requests: number
  /** Processor time of the server process for one request; steadier than the rate on a busy machine. */
  processor_us: number | null
}
export type Side = { server: Running; headers: Record<string, string>; next: () => Call }
export type Compared = { rapport: Measured; limit: Measured }

/** Each side runs for `seconds` in all, in turns A-B-A-B, each warmed up before; `settle` waits in between for work left behind. @param at how many connections ask at once. */
export async function compareLoad(
  rapport: Side,
  limit: Side,
  seconds: number,
  settle: () => Promise<void> = async () => undefined,
  at = connections,
): Promise<Compared> {
  const samples: Record<'rapport' | 'limit', Sample[]> = { rapport: [], limit: [] }
  for (const side of [rapport, limit]) await runLoad(side, warmup_s, at)
  for (let round = 0; round < rounds; round += 1) {
    await settle()
    samples.rapport.push(await runLoad(rapport, seconds / rounds, at))
    await settle()
    samples.limit.push(await runLoad(limit, seconds / rounds, at))
  }
  return { rapport: summarize(samples.rapport), limit: summarize(samples.limit) }
}

type Sample = { seconds: number; times_ms: number[]; processor_us: number | null }

/** @param at how many connections ask at once. */
export async function runLoad(
  { server, headers, next }: Side,
  seconds: number,
  at = connections,
): Promise<Sample> {
  const times_ms: number[] = []
  const failures = new Map<string, number>()
  const fail = (why: unknown) => failures.set(String(why), (failures.get(String(why)) ?? 0) + 1)
  const options: autocannon.Options = {
    url: server.url,
    connections: at,
    duration: seconds,
    timeout: 30,
    headers,
    requests: [{ setupRequest: (wire) => ({ ...wire, ...wireOf(next(), headers) }) }],
  }
  const before_us = processorMicroseconds(server.process)
  const started = performance.now()
  await new Promise<void>((resolve, reject) => {
    const instance = autocannon(options, (error: Error | null) => (error ? reject(error) : resolve()))
    instance.on('response', (_client, status, _bytes, time_ms) =>
      status < 300 ? times_ms.push(time_ms) : fail(status),
    )
    instance.on('reqError', fail)
  })
  if (failures.size > 0)
    throw new Error(`Requests failed under load: ${JSON.stringify(Object.fromEntries(failures))}`)
  const seconds_taken = (performance.now() - started) / 1000
  const after_us = processorMicroseconds(server.process)
  const processor_us = before_us === null || after_us === null ? null : after_us - before_us
  return { seconds: seconds_taken, times_ms, processor_us }
}

function wireOf({ method, path, body }: Call, headers: Record<string, string>): autocannon.Request {
  if (body === undefined) return { method, path }
  return {
    method,
    path,
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  }
}

function summarize(samples: Sample[]): Measured {
  const times_ms = samples.flatMap((sample) => sample.times_ms).toSorted((a, b) => a - b)
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0)
  const taken_us = samples.map((sample) => sample.processor_us).filter((us) => us !== null)
  const processor_us =
    taken_us.length === samples.length ? taken_us.reduce((sum, us) => sum + us, 0) / times_ms.length : null
  const requests = times_ms.length
  return { per_second: requests / seconds, requests, processor_us, ...percentiles(times_ms) }
}

/** @param sorted ascending. */
export function percentiles(sorted: number[]): { p50: number; p95: number; p99: number } {
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Hands out the calls one after the other, without end. */
export function cycle<Value>(values: readonly Value[]): () => Value {
  let place = 0
  return () => values[place++ % values.length] as Value
}

export const asProduct = (server: Running, member: Member, next: () => Call): Side => ({
  server,
  headers: member.headers,
  next: () => {
    const call = next()
    return { ...call, path: `/api${call.path}` }
  },
})

export const asBare = (server: Running, next: () => Call): Side => ({ server, headers: {}, next })
