/** The board as one client knows it: what it loaded, and what it was told since. */
import type { Pipeline, RapportEvent } from '@rapport/contracts'
import { connectRealtime } from '@rapport/sdk'
import type { Mover } from './crew.ts'

export type Card = { stage_id: string; version: number }
export type ClientBoard = {
  cards: Map<string, Card>
  /** Of every event, in the order in which it came. */
  told: number[]
  close: () => void
}

export async function followBoard(
  url: string,
  organization_id: string,
  { rapport, token }: Mover,
  pipeline: Pipeline,
): Promise<ClientBoard> {
  const cards = new Map<string, Card>()
  const told: number[] = []
  const keep = (id: string, card: Card) => {
    if (card.version > (cards.get(id)?.version ?? 0)) cards.set(id, card)
  }
  const ready = Promise.withResolvers<void>()
  const client = connectRealtime({
    url,
    organization_id,
    token: () => token,
    onEvent: ({ seq, type, record: { id, version }, data }: RapportEvent) => {
      told.push(seq)
      if (type === 'lead.stage_changed')
        keep(id, { stage_id: String(data['stage_id']), version: version ?? 0 })
    },
    onReady: () => ready.resolve(),
    onRefetch: () => ready.reject(new Error('A client was told to load anew.')),
    onRefused: ({ code }) => ready.reject(new Error(`A client was refused: ${code}.`)),
  })
  await ready.promise
  for (const { id, stage_id, version } of await readBoard({ rapport }, pipeline))
    keep(id, { stage_id, version })
  return { cards, told, close: client.close }
}

type Shown = { id: string; stage_id: string; version: number }

/** All cards, column by column, from top to bottom. */
export async function readBoard(
  { rapport }: Pick<Mover, 'rapport'>,
  { id, stages }: Pipeline,
): Promise<Shown[]> {
  const shown: Shown[] = []
  for (const { id: stage_id } of stages)
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query: { limit: number; stage_id: string; cursor?: string } = { limit: 100, stage_id }
      if (cursor !== undefined) query.cursor = cursor
      const [column] = (await rapport.pipelines.board({ params: { id }, query })).columns
      shown.push(
        ...(column?.items ?? []).map((card) => ({
          id: card.id,
          stage_id: card.stage_id,
          version: card.version,
        })),
      )
      cursor = column?.next_cursor ?? null
    }
  return shown
}
