import { Dialog as Base } from '@base-ui/react/dialog'
import { Command, defaultFilter } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import { Search, X } from 'lucide-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Scrim } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import { Spinner } from './Spinner.tsx'
import { usePaletteSearch } from './usePaletteSearch.ts'

export type PaletteItem = {
  id: string
  label: string
  /** The label with « and » around what was searched for. */
  marked?: string
  detail?: string
  icon?: LucideIcon
  /** Instead of an icon, such as an avatar or a dot. */
  leading?: ReactNode
  shortcut?: string
  /** Other words it is found by. */
  keywords?: string[]
  run: () => void
}

export type PaletteGroup = {
  id: string
  heading: string
  items: PaletteItem[]
  /** There may be many: shown when something is typed that finds them. */
  only_found?: boolean
}

/** Asks the server; what it finds is shown as it comes, unfiltered. Must heed the signal. */
export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<PaletteGroup[]>

export type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  groups: PaletteGroup[]
  search?: PaletteSearch
  /** Ends the keeping of what is typed before the field can take it, and answers that. */
  takeTyped?: () => string
}

const POPUP =
  'float-surface fixed inset-0 z-30 mx-auto flex flex-col overflow-hidden pt-[env(safe-area-inset-top)] max-sm:rounded-none ' +
  'sm:inset-x-3 sm:top-[14dvh] sm:bottom-auto sm:max-w-xl sm:pt-0 transition-[opacity,scale] duration-(--fast) ' +
  'data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:scale-98 data-ending-style:opacity-0'

const GROUP =
  '**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 ' +
  '**:[[cmdk-group-heading]]:text-11 **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-faint'

/** From here on the letters stand together, and are not only somewhere in their order. */
const strong = 0.5

type Filtered = { strong: PaletteGroup[]; weak: PaletteGroup[] }

/** What matches well comes before what the server finds, what only has the letters after it. */
function partGroups(groups: PaletteGroup[], query: string): Filtered {
  const isStrong = ({ label, keywords }: PaletteItem) => defaultFilter(label, query, keywords) >= strong
  const part = (keep: (item: PaletteItem) => boolean) =>
    filterGroups(groups, query)
      .map((group) => ({ ...group, items: group.items.filter(keep) }))
      .filter(({ items }) => items.length > 0)
  return query === ''
    ? { strong: filterGroups(groups, query), weak: [] }
    : { strong: part(isStrong), weak: part((item) => !isStrong(item)) }
}

/** Keeps the items that match, the best first; an empty query keeps all in their order. */
export function filterGroups(groups: PaletteGroup[], query: string): PaletteGroup[] {
  if (query === '') return groups.filter(({ only_found }) => !only_found)
  return groups
    .map((group) => ({
      ...group,
      items: group.items
        .map((item) => ({ item, score: defaultFilter(item.label, query, item.keywords) }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score)
        .map(({ item }) => item),
    }))
    .filter((group) => group.items.length > 0)
}

export function CommandPalette({ open, onOpenChange, groups, search, takeTyped }: CommandPaletteProps) {
  const { t } = useTranslation()
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Scrim />
        <Base.Popup data-layer="" className={POPUP} aria-label={t('shell.palette.title')}>
          <Palette groups={groups} search={search} takeTyped={takeTyped} close={() => onOpenChange(false)} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

type PaletteProps = {
  groups: PaletteGroup[]
  search: PaletteSearch | undefined
  takeTyped: (() => string) | undefined
  close: () => void
}

function Palette({ groups, search, takeTyped, close }: PaletteProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const { found, searching, failed } = usePaletteSearch(search, query.trim())
  const parts = partGroups(groups, query.trim())
  const shown = [...parts.strong, ...found, ...distinctOf(parts.weak, parts.strong)]
  const count = shown.reduce((sum, { items }) => sum + items.length, 0)
  const { selected, select, onKeyDown } = useSelected(shown, query)
  return (
    <Command
      shouldFilter={false}
      loop
      label={t('shell.palette.title')}
      value={selected}
      onValueChange={select}
      onKeyDown={onKeyDown}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-11 items-center gap-2.5 border-b border-line px-3.5">
        <Search className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          onFocus={() => setQuery(query + (takeTyped?.() ?? ''))}
          placeholder={t('shell.palette.placeholder')}
          className="h-full min-w-0 flex-1 bg-transparent text-15 outline-none"
        />
        {searching ? (
          <Spinner label={t('common.state.searching')} className="text-faint" />
        ) : (
          <Kbd keys="escape" className="max-sm:hidden" />
        )}
        <button
          type="button"
          aria-label={t('common.action.close')}
          onClick={close}
          className="-mr-1.5 inline-flex size-8 items-center justify-center rounded-base text-muted hover:bg-hover sm:hidden"
        >
          <X className="size-4" strokeWidth={1.75} aria-hidden />
        </button>
      </div>
      <output className="sr-only">
        {query.trim() === '' || searching ? '' : t('shell.palette.count', { count })}
      </output>
      <Command.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1 pb-[env(safe-area-inset-bottom)] sm:max-h-[min(26rem,60dvh)] sm:pb-1">
        {shown.length === 0 && !searching ? (
          <Command.Empty className="px-3 py-8 text-center text-13 text-muted">
            {failed ? t('shell.palette.failed') : t('shell.palette.empty', { query })}
          </Command.Empty>
        ) : null}
        {shown.map((group) => (
          <Command.Group key={group.id} heading={group.heading} className={GROUP}>
            {group.items.map((item) => (
              <PaletteLine key={item.id} id={lineId(group, item)} item={item} close={close} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

/** A group that is in both parts goes by another id in the second. */
const distinctOf = (weak: PaletteGroup[], first: PaletteGroup[]): PaletteGroup[] =>
  weak.map((group) =>
    first.some(({ id }) => id === group.id) ? { ...group, id: `${group.id}-more` } : group,
  )

const lineId = (group: PaletteGroup, item: PaletteItem) => `${group.id}:${item.id}`

/** The first line is chosen, also when a better one comes in above it, until somebody moves. */
function useSelected(shown: readonly PaletteGroup[], query: string) {
  const [selected, select] = useState('')
  const moved = useRef(false)
  const [first] = shown
  const [top] = first?.items ?? []
  const best = first && top ? lineId(first, top) : ''
  useEffect(() => {
    moved.current = false
  }, [query])
  useEffect(() => {
    if (!moved.current) select(best)
  }, [best, query])
  const onKeyDown = ({ key }: { key: string }) => {
    if (key.startsWith('Arrow') || key === 'Home' || key === 'End') moved.current = true
  }
  return { selected, select, onKeyDown }
}

function Marked({ text }: { text: string }) {
  return text.split(/[«»]/).map((part, place) =>
    place % 2 === 1 ? (
      <mark key={place} className="bg-transparent font-semibold text-accent-ink">
        {part}
      </mark>
    ) : (
      <Fragment key={place}>{part}</Fragment>
    ),
  )
}

function PaletteLine({ id, item, close }: { id: string; item: PaletteItem; close: () => void }) {
  const Icon = item.icon
  function choose() {
    close()
    item.run()
  }
  return (
    <Command.Item value={id} onSelect={choose} className="option-row min-h-9!">
      {Icon ? <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden /> : null}
      {item.leading}
      <span className="min-w-0 truncate">{item.marked ? <Marked text={item.marked} /> : item.label}</span>
      {item.detail ? <span className="min-w-0 flex-1 truncate text-12 text-faint">{item.detail}</span> : null}
      {item.shortcut ? <Kbd keys={item.shortcut} className="ml-auto" /> : null}
    </Command.Item>
  )
}
