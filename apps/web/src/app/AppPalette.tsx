import type { SearchHit } from '@rapport/contracts'
import type { LucideIcon } from 'lucide-react'
import { Keyboard, LogOut, Paperclip, StickyNote, SunMoon, Zap } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useChatItems } from '../features/chat/useChatItems.tsx'
import { useFoundMessages } from '../features/chat/useFoundMessages.tsx'
import { kindOf, useKinds } from '../features/records/kinds.ts'
import { useKindWords } from '../features/records/useKindWords.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { CommandPalette } from '../ui/CommandPalette.tsx'
import type { CommandPaletteProps, PaletteGroup, PaletteItem, PaletteSearch } from '../ui/CommandPalette.tsx'
import { usePaletteGroups } from '../ui/paletteGroups.ts'
import { useRegisteredHotkeys } from '../ui/useHotkeys.ts'
import { rapport } from './rapport.ts'
import { useCommands } from './commands.ts'
import { recordPath } from './paths.ts'
import { usePlaces } from './places.ts'
import { useRecentRecords } from './recentRecords.ts'
import { may, ownerOf, useMe } from './session.ts'
import { toggleTheme } from './theme.ts'
import { useLogOut } from './UserMenu.tsx'

type AppPaletteProps = Pick<CommandPaletteProps, 'open' | 'onOpenChange' | 'takeTyped'>

/** Places to go, and whatever the page of the moment lets one do by key. */
export function AppPalette(props: AppPaletteProps) {
  const { t } = useTranslation()
  const search = useSearch()
  const groups: PaletteGroup[] = [
    ...usePaletteGroups(),
    { id: 'recent', heading: t('shell.palette.recent'), items: useRecentItems() },
    { id: 'page', heading: t('shell.palette.act'), items: usePageItems() },
    { id: 'new', heading: t('shell.palette.make'), items: useNewItems() },
    { id: 'go', heading: t('shell.palette.go'), items: useGoItems() },
    { id: 'chat', heading: t('chat.title'), items: useChatItems(), only_found: true },
    { id: 'app', heading: t('shell.product'), items: useAppItems() },
  ].filter(({ items }) => items.length > 0)
  return <CommandPalette {...props} groups={groups} search={search} />
}

function useSearch(): PaletteSearch {
  const findRecords = useRecordSearch()
  const findMessages = useFoundMessages()
  return useCallback(
    async (query, signal) =>
      (await Promise.all([findRecords(query, signal), findMessages(query, signal)])).flat(),
    [findRecords, findMessages],
  )
}

const RESULT_LIMIT = 24
/** Of one kind, so that each has its place. */
const OF_ONE_KIND = 6

/** Records, notes and files that match what is typed, from the server: each kind by itself, the likeliest first. */
function useRecordSearch(): PaletteSearch {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { search } = useMe().features
  const { titleOf } = useKindWords()
  const headingOf = useCallback(
    (object: string) =>
      object === 'note'
        ? t('shell.palette.notes')
        : object === 'attachment'
          ? t('shell.palette.files')
          : titleOf(object),
    [t, titleOf],
  )
  return useCallback(
    async (query, signal) => {
      if (!search) return []
      const { items } = await rapport.search.search({ query: { q: query, limit: RESULT_LIMIT }, signal })
      return [...Map.groupBy(items, ({ object }) => object)].map(([object, hits]) => ({
        id: `found-${object}`,
        heading: headingOf(object),
        items: hits.slice(0, OF_ONE_KIND).map((hit) => ({
          id: hit.id,
          label: hit.title,
          marked: hit.highlight,
          ...(hit.subtitle === null ? {} : { detail: hit.subtitle }),
          leading: <Leading object={hit.object} title={hit.title} />,
          run: () => void navigate(pathOf(hit)),
        })),
      }))
    },
    [navigate, search, headingOf],
  )
}

/** A note or a file is opened at its record. */
const pathOf = ({ object, id, record }: SearchHit) =>
  record ? recordPath(record.object, record.id) : recordPath(object, id)

/** What was opened last, but for what is open now. */
function useRecentItems(): PaletteItem[] {
  const navigate = useNavigate()
  const me = useMe()
  const { pathname } = useLocation()
  return useRecentRecords(ownerOf(me))
    .filter(({ object, id }) => recordPath(object, id) !== pathname)
    .map(({ object, id, title }) => ({
      id,
      label: title,
      leading: <Leading object={object} title={title} />,
      run: () => void navigate(recordPath(object, id)),
    }))
}

const beside: Record<string, LucideIcon> = { note: StickyNote, attachment: Paperclip }

function Leading({ object, title }: { object: string; title: string }) {
  const kind = kindOf(object)
  const Icon = beside[object] ?? (kind?.own ? kind.icon : undefined)
  if (!Icon) return <Avatar name={title} size={20} decorative />
  return <Icon className="size-4 text-muted" strokeWidth={1.75} aria-hidden />
}

/** A new record of any kind, wherever one is. */
function useNewItems(): PaletteItem[] {
  const navigate = useNavigate()
  const me = useMe()
  const { wordOf } = useKindWords()
  return useKinds()
    .filter(({ many }) => may(me, `${many}:create`))
    .map(({ object, own, path, icon }) => ({
      id: `new-${object}`,
      label: wordOf({ object, ...(own ? { own } : {}) }, 'new'),
      icon,
      run: () => void navigate(`${path}?new=1`),
    }))
}

function useGoItems(): PaletteItem[] {
  const navigate = useNavigate()
  return usePlaces().map(({ name, label, path, icon, keys }) => ({
    id: name,
    label,
    icon,
    ...(keys === undefined ? {} : { shortcut: keys }),
    run: () => void navigate(path),
  }))
}

/** What the page of the moment lets one do by key. */
function usePageItems(): PaletteItem[] {
  const { t } = useTranslation()
  const shellGroups: string[] = [t('shell.shortcuts.general'), t('shell.shortcuts.go')]
  return useRegisteredHotkeys()
    .filter(({ group }) => !shellGroups.includes(group))
    .map(({ keys, label, run }) => ({
      id: keys,
      label,
      icon: Zap,
      shortcut: keys,
      run: () => run(new KeyboardEvent('keydown')),
    }))
}

function useAppItems(): PaletteItem[] {
  const { t } = useTranslation()
  const { openShortcuts } = useCommands()
  const leave = useLogOut()
  return [
    { id: 'theme', label: t('shell.shortcuts.theme'), icon: SunMoon, run: toggleTheme },
    {
      id: 'shortcuts',
      label: t('shell.topbar.shortcuts'),
      icon: Keyboard,
      shortcut: '?',
      run: openShortcuts,
    },
    { id: 'log_out', label: t('shell.topbar.log_out'), icon: LogOut, run: leave },
  ]
}
