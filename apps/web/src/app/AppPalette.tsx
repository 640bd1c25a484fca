import type { SearchHit } from '@rapport/contracts'
import { Keyboard, LogOut, SunMoon, Zap } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { kindOf, useKinds } from '../features/records/kinds.ts'
import { useKindWords } from '../features/records/useKindWords.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { CommandPalette } from '../ui/CommandPalette.tsx'
import type { PaletteGroup, PaletteItem, PaletteSearch } from '../ui/CommandPalette.tsx'
import { useRegisteredHotkeys } from '../ui/useHotkeys.ts'
import { rapport } from './rapport.ts'
import { useCommands } from './commands.ts'
import { recordPath } from './paths.ts'
import { usePlaces } from './places.ts'
import { may, useMe } from './session.ts'
import { toggleTheme } from './theme.ts'
import { useLogOut } from './UserMenu.tsx'

type AppPaletteProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Places to go, and whatever the page of the moment lets one do by key. */
export function AppPalette({ open, onOpenChange }: AppPaletteProps) {
  const { t } = useTranslation()
  const search = useRecordSearch()
  const groups: PaletteGroup[] = [
    { id: 'page', heading: t('shell.palette.act'), items: usePageItems() },
    { id: 'new', heading: t('shell.palette.make'), items: useNewItems() },
    { id: 'go', heading: t('shell.palette.go'), items: useGoItems() },
    { id: 'app', heading: t('shell.product'), items: useAppItems() },
  ].filter(({ items }) => items.length > 0)
  return <CommandPalette open={open} onOpenChange={onOpenChange} groups={groups} search={search} />
}

const RESULT_LIMIT = 8

/** Records that match what is typed, from the server. */
function useRecordSearch(): PaletteSearch {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { search } = useMe().features
  return useCallback(
    async (query, signal) => {
      if (!search) return []
      const { items } = await rapport.search.search({ query: { q: query, limit: RESULT_LIMIT }, signal })
      const found = items.map((hit) => ({
        id: hit.id,
        label: hit.title,
        ...detailOf(hit),
        leading: <Leading object={hit.object} title={hit.title} />,
        run: () => void navigate(pathOf(hit)),
      }))
      return found.length > 0 ? [{ id: 'records', heading: t('shell.palette.results'), items: found }] : []
    },
    [navigate, t, search],
  )
}

/** A note or a file is opened at its record. */
const pathOf = ({ object, id, record }: SearchHit) =>
  record ? recordPath(record.object, record.id) : recordPath(object, id)

/** What it is, where its picture does not say so: an object of the organization's own. */
function detailOf({ object, subtitle }: { object: string; subtitle: string | null }) {
  const detail = [kindOf(object)?.own?.one, subtitle].filter(Boolean).join(' · ')
  return detail === '' ? {} : { detail }
}

function Leading({ object, title }: { object: string; title: string }) {
  const kind = kindOf(object)
  if (!kind?.own) return <Avatar name={title} size={20} decorative />
  const Icon = kind.icon
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
