import { Inbox } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { Button } from '../Button.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { FilterBar } from '../filters/FilterBar.tsx'
import { SearchBox } from '../filters/SearchBox.tsx'
import type { FilterField, FilterNode } from '../filters/types.ts'
import { StagePill } from '../StagePill.tsx'
import type { CellValue } from '../fields/types.ts'
import { DataTable } from './DataTable.tsx'
import { KEEPERS, STATES, makeSamples } from './sampleRows.ts'
import type { Sample } from './sampleRows.ts'
import { DEFAULT_COLUMN_STATE } from './types.ts'
import type { ColumnState, CompactRow, DataColumn, SortKey } from './types.ts'

const PAGE = 500

const COLUMNS: DataColumn<Sample>[] = [
  {
    id: 'name',
    header: 'Name',
    type: 'text',
    width: 240,
    sortable: true,
    editable: true,
    validate: (value) => (value === null ? 'A name is needed.' : null),
  },
  {
    id: 'state',
    header: 'State',
    type: 'select',
    width: 130,
    sortable: true,
    editable: true,
    options: STATES,
  },
  {
    id: 'price',
    header: 'Price',
    type: 'money',
    width: 130,
    align: 'end',
    sortable: true,
    editable: true,
    currency: (row) => row.currency,
    footer: 'R$ 24,180.00',
  },
  {
    id: 'pieces',
    header: 'Pieces',
    type: 'number',
    width: 100,
    align: 'end',
    sortable: true,
    editable: true,
  },
  {
    id: 'keeper',
    header: 'Keeper',
    type: 'user',
    width: 170,
    sortable: true,
    editable: true,
    options: KEEPERS,
  },
  { id: 'due_on', header: 'Due', type: 'date', width: 130, sortable: true, editable: true },
  { id: 'email', header: 'E-mail', type: 'email', width: 220, editable: true },
  { id: 'phone', header: 'Phone', type: 'phone', width: 170, editable: true },
  { id: 'site', header: 'Site', type: 'url', width: 200, editable: true },
  { id: 'shelf', header: 'Shelf (refuses edits)', type: 'text', width: 160, editable: true },
  { id: 'changed_at', header: 'Changed', type: 'datetime', width: 180, sortable: true },
]

const FIELDS: FilterField[] = [
  { id: 'name', label: 'Name', type: 'text' },
  { id: 'state', label: 'State', type: 'select', options: STATES },
  { id: 'keeper', label: 'Keeper', type: 'user', options: KEEPERS },
  { id: 'price', label: 'Price', type: 'money', currency: 'BRL' },
  { id: 'pieces', label: 'Pieces', type: 'number' },
  { id: 'due_on', label: 'Due', type: 'date' },
]

const COMPACT: CompactRow<Sample> = {
  title: (row) => row.name,
  subtitle: (row) => row.email,
  meta: (row) => {
    const state = STATES.find(({ value }) => value === row.state)
    return state?.hue ? <StagePill hue={state.hue}>{state.label}</StagePill> : null
  },
}

/** The table and its filter bar with generated rows. Part of the kit page, which exists in development only. */
export function TableGallery({ total = 100_000 }: { total?: number }) {
  const [rows, setRows] = useState(() => makeSamples(0, PAGE))
  const [sort, setSort] = useState<SortKey[]>([{ id: 'name', desc: false }])
  const [selection, setSelection] = useState<Set<string>>(new Set())
  const [columnState, setColumnState] = useState<ColumnState>(DEFAULT_COLUMN_STATE)
  const [filters, setFilters] = useState<FilterNode[]>([
    { field: 'state', op: 'in', value: ['ordered', 'packed'] },
    { field: 'due_on', op: 'within', value: 'this_month' },
  ])
  const [search, setSearch] = useState('')
  const [shows, setShows] = useState<'rows' | 'empty' | 'loading'>('rows')
  const [highlightedIds, setHighlightedIds] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<string | null>(null)

  const loadMore = useCallback(() => {
    setRows((before) => [...before, ...makeSamples(before.length, Math.min(PAGE, total - before.length))])
  }, [total])

  const edit = useCallback(async (rowId: string, columnId: string, value: CellValue) => {
    await new Promise((resolve) => setTimeout(resolve, 200))
    if (columnId === 'shelf') throw Object.assign(new Error('conflict'), { status: 409, code: 'conflict' })
    setRows((before) => before.map((row) => (row.id === rowId ? { ...row, [columnId]: value } : row)))
  }, [])

  const empty = useMemo(
    () => <EmptyState icon={Inbox} title="No items match" text="Take away a filter to see more." />,
    [],
  )
  const glow = () => setHighlightedIds(new Set([`sample-${1 + Math.floor(Math.random() * 8)}`]))
  return (
    <div className="flex h-160 flex-col border border-line bg-base" data-gallery="table">
      <div className="border-b border-line p-2">
        <FilterBar fields={FIELDS} filters={filters} onChange={setFilters} grouped>
          <SearchBox value={search} onChange={setSearch} label="Search items" className="w-48" />
        </FilterBar>
      </div>
      <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
        <Button size="small" onClick={() => setRows(makeSamples(0, total))}>
          Load all
        </Button>
        <Button size="small" onClick={glow}>
          Remote change
        </Button>
        {(['rows', 'empty', 'loading'] as const).map((each) => (
          <Button key={each} size="small" variant="ghost" onClick={() => setShows(each)}>
            {each}
          </Button>
        ))}
      </div>
      <DataTable
        label="Items"
        columns={COLUMNS}
        rows={shows === 'rows' ? rows : []}
        rowId={idOf}
        total={shows === 'rows' ? total : undefined}
        loading={shows === 'loading'}
        hasMore={shows === 'rows' && rows.length < total}
        onLoadMore={loadMore}
        sort={sort}
        onSortChange={setSort}
        selection={selection}
        onSelectionChange={setSelection}
        columnState={columnState}
        onColumnStateChange={setColumnState}
        onOpenRow={(row) => setOpened(row.id)}
        rowHref={hrefOf}
        onEdit={edit}
        highlightedIds={highlightedIds}
        openRowId={opened}
        empty={empty}
        compact={COMPACT}
      />
      <output className="px-3 py-1 text-12 text-muted">
        Opened: {opened ?? 'nothing'} · search: {search || 'nothing'} · filters: {JSON.stringify(filters)}
      </output>
    </div>
  )
}

function idOf(row: Sample): string {
  return row.id
}

function hrefOf(row: Sample): string {
  return `#${row.id}`
}
