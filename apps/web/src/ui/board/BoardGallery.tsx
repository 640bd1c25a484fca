import { Clock } from 'lucide-react'
import { useCallback, useState } from 'react'
import { Avatar } from '../Avatar.tsx'
import { Button } from '../Button.tsx'
import { KEEPERS, STATES, makeSamples } from '../table/sampleRows.ts'
import type { Sample } from '../table/sampleRows.ts'
import { Board } from './Board.tsx'
import type { BoardColumnData, BoardMove } from './types.ts'

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'BRL', maximumFractionDigits: 0 })

type Columns = BoardColumnData<Sample>[]

function makeColumns(cards: number): Columns {
  const samples = makeSamples(0, cards)
  return STATES.map(({ value, label, hue }, index) => {
    const own = index === 5 ? [] : samples.filter((sample) => sample.state === value)
    const column = { id: value, title: label, color: hue ?? null, count: own.length, cards: own }
    return { ...column, summary: sum(own) }
  })
}

function sum(cards: readonly Sample[]): string {
  return money.format(cards.reduce((total, card) => total + card.price, 0))
}

function apply(columns: Columns, move: BoardMove): Columns {
  const card = columns.flatMap(({ cards }) => cards).find(({ id }) => id === move.id)
  if (!card) return columns
  return columns.map((column) => {
    const cards = column.cards.filter(({ id }) => id !== move.id)
    if (column.id === move.toColumn) cards.splice(move.index, 0, card)
    return { ...column, cards, count: cards.length, summary: sum(cards) }
  })
}

/** The board with generated cards. Moves to “Returned” are refused, to show how a card goes back. */
export function BoardGallery() {
  const [columns, setColumns] = useState(() => makeColumns(120))
  const [collapsed, setCollapsed] = useState<string[]>([])
  const [justMovedIds, setJustMovedIds] = useState<ReadonlySet<string>>(new Set())
  const [moved, setMoved] = useState('nothing')
  const [opened, setOpened] = useState<string | null>(null)

  const move = useCallback(async (next: BoardMove) => {
    setMoved(JSON.stringify(next))
    await new Promise((resolve) => setTimeout(resolve, 150))
    if (next.toColumn === 'returned') throw new Error('Refused')
    setColumns((before) => apply(before, next))
  }, [])

  function moveRemotely() {
    const from = columns.find(({ cards }) => cards.length > 0)
    const card = from?.cards[0]
    const to = columns[columns.length - 3]
    if (!from || !card || !to) return
    const next = {
      id: card.id,
      fromColumn: from.id,
      toColumn: to.id,
      beforeId: null,
      afterId: null,
      index: 1,
    }
    setColumns((before) => apply(before, next))
    setJustMovedIds(new Set([card.id]))
  }

  return (
    <div className="flex h-160 flex-col border border-line bg-base" data-gallery="board">
      <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
        <Button size="small" onClick={() => setColumns(makeColumns(10_000))}>
          10,000 cards
        </Button>
        <Button size="small" onClick={moveRemotely}>
          Remote move
        </Button>
      </div>
      <Board
        label="Items by state"
        columns={columns}
        cardId={idOf}
        cardName={nameOf}
        renderCard={drawCard}
        onMove={move}
        onOpenCard={(card) => setOpened(card.id)}
        openCardId={opened}
        collapsed={collapsed}
        onCollapsedChange={setCollapsed}
        justMovedIds={justMovedIds}
        className="flex-1"
      />
      <output className="truncate px-3 py-1 text-12 text-muted">
        Opened: {opened ?? 'nothing'} · moved: {moved}
      </output>
    </div>
  )
}

function idOf(card: Sample): string {
  return card.id
}

function nameOf(card: Sample): string {
  return card.name
}

function drawCard(card: Sample) {
  const keeper = KEEPERS.find(({ value }) => value === card.keeper)
  return (
    <>
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{card.name}</span>
        {keeper ? <Avatar name={keeper.label} size={20} /> : null}
      </div>
      <div className="truncate text-12 text-muted">{card.email}</div>
      <div className="mt-1.5 flex items-center justify-between text-12">
        <span className="font-medium tabular">{money.format(card.price)}</span>
        {card.due_on ? (
          <span className="inline-flex items-center gap-1 text-faint tabular">
            <Clock className="size-3" aria-hidden />
            {card.due_on}
          </span>
        ) : null}
      </div>
    </>
  )
}
