/** Create and stage move: the same statements by the product and, in one pipelined transaction, by the bare server. */
import { asBare, asProduct, compareLoad, cycle } from '../load.ts'
import { sendReplays, type Bench, type MeasureFigures } from '../bench.ts'
import { captureWrite, type Call } from '../replay.ts'
import { makePerson } from '../seed/names.ts'
import { createRandom } from '../seed/random.ts'
import { settleEvents } from './events.ts'
import { idsOfLeads } from './lead-ids.ts'
import { figureOf } from './reads.ts'

/** 32 writers of one organization queue for its order of events: their time says more of the disk than of either server. */
const target = { ratio: 0.5 }
/** More than any machine moves within the warm-up and the rounds. */
const movesPerSecond = 6000

export const measureCreate: MeasureFigures = async (bench) => {
  bench.say('create')
  const random = createRandom(11)
  const calls = Array.from({ length: 500 }, (): Call => ({
    method: 'POST',
    path: '/crm/leads',
    body: { ...makePerson(random), phone: '+5511987654321', source: 'website', estimated_value: 1250.5 },
  }))
  const observer = await bench.logIn(bench.capturing)
  const known = knownIds(bench)
  const captured = calls.slice(0, 50)
  const replays = []
  for (const call of captured) replays.push(await captureWrite(bench.capturing, observer, call, known, null))
  await sendReplays(bench, 'create', replays)
  const replayed = captured.map((_, place): Call => ({
    method: 'POST',
    path: `/run/create/${place}`,
    body: {},
  }))
  const compared = await compareLoad(
    asProduct(bench.product, await bench.logIn(), cycle(calls)),
    asBare(bench.bare, cycle(replayed)),
    bench.seconds,
    () => settleEvents(bench),
  )
  return [figureOf('create', compared, target)]
}

/** From the first stage to the top of the second; every lead is moved once. */
export const measureStageMove: MeasureFigures = async (bench) => {
  bench.say('stage move')
  const stage_id = bench.organization.stages[1]?.id
  const ids = await idsOfLeads(bench, movesPerSecond * (2 * bench.seconds + 4))
  let next = 0
  const take = (): string => {
    const id = ids[next++]
    if (!id) throw new Error('There are not enough leads left to move; use fewer --seconds.')
    return id
  }
  const first = take()
  const call = (id: string): Call => ({
    method: 'PATCH',
    path: `/crm/leads/${id}/stage`,
    body: { stage_id, version: 1 },
  })
  const observer = await bench.logIn(bench.capturing)
  await sendReplays(bench, 'move', [
    await captureWrite(bench.capturing, observer, call(first), knownIds(bench), first),
  ])
  const compared = await compareLoad(
    asProduct(bench.product, await bench.logIn(), () => call(take())),
    asBare(bench.bare, () => ({ method: 'POST', path: '/run/move/0', body: { id: take() } })),
    bench.seconds,
    () => settleEvents(bench),
  )
  return [figureOf('stage move', compared, target)]
}

function knownIds({ organization }: Bench): string[] {
  const { id, pipeline_id, members, stages } = organization
  return [id, pipeline_id, ...members.map((member) => member.id), ...stages.map((stage) => stage.id)]
}
