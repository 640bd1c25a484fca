import { Dialog as Base } from '@base-ui/react/dialog'
import { Command, defaultFilter } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import { Search } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Scrim } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import { Spinner } from './Spinner.tsx'
import { usePaletteSearch } from './usePaletteSearch.ts'

export type PaletteItem = {
  id: string
  label: string
  detail?: string
  icon?: LucideIcon
  /** Instead of an icon, such as an avatar or a dot. */
  leading?: ReactNode
  shortcut?: string
  /** Other words it is found by. */
  keywords?: string[]
  run: () => void
}

export type PaletteGroup = { id: string; heading: string; items: PaletteItem[] }

/** Asks the server; what it finds is shown as it comes, unfiltered. Must heed the signal. */
export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<PaletteGroup[]>

export type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  groups: PaletteGroup[]
  search?: PaletteSearch
}

const POPUP =
  'float-surface fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-30 mx-auto flex max-w-xl flex-col ' +
  'overflow-hidden sm:top-[14dvh] transition-[opacity,scale] duration-(--fast) ' +
  'data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:scale-98 data-ending-style:opacity-0'

const GROUP =
  '**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 ' +
  '**:[[cmdk-group-heading]]:text-11 **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-faint'

/** Keeps the items that match, the best first; an empty query keeps all in their order. */
export function filterGroups(groups: PaletteGroup[], query: string): PaletteGroup[] {
  if (query === '') return groups
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

export function CommandPalette({ open, onOpenChange, groups, search }: CommandPaletteProps) {
  const { t } = useTranslation()
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Scrim />
        <Base.Popup data-layer="" className={POPUP} aria-label={t('shell.palette.title')}>
          <Palette groups={groups} search={search} close={() => onOpenChange(false)} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

type PaletteProps = { groups: PaletteGroup[]; search: PaletteSearch | undefined; close: () => void }

function Palette({ groups, search, close }: PaletteProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const { found, searching, failed } = usePaletteSearch(search, query.trim())
  const shown = [...filterGroups(groups, query.trim()), ...found]
  return (
    <Command shouldFilter={false} loop label={t('shell.palette.title')} className="flex min-h-0 flex-col">
      <div className="flex h-11 items-center gap-2.5 border-b border-line px-3.5">
        <Search className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t('shell.palette.placeholder')}
          className="h-full min-w-0 flex-1 bg-transparent text-15 outline-none"
        />
        {searching ? (
          <Spinner label={t('common.state.searching')} className="text-faint" />
        ) : (
          <Kbd keys="escape" />
        )}
      </div>
      <Command.List className="max-h-[min(24rem,60dvh)] scroll-py-1 overflow-y-auto overscroll-contain p-1">
        {shown.length === 0 && !searching ? (
          <Command.Empty className="px-3 py-8 text-center text-13 text-muted">
            {failed ? t('shell.palette.failed') : t('shell.palette.empty', { query })}
          </Command.Empty>
        ) : null}
        {shown.map((group) => (
          <Command.Group key={group.id} heading={group.heading} className={GROUP}>
            {group.items.map((item) => (
              <PaletteLine key={item.id} id={`${group.id}:${item.id}`} item={item} close={close} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
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
      <span className="truncate">{item.label}</span>
      {item.detail ? <span className="truncate text-12 text-faint">{item.detail}</span> : null}
      {item.shortcut ? <Kbd keys={item.shortcut} className="ml-auto" /> : null}
    </Command.Item>
  )
}
