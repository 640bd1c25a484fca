import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useUndoLast } from '../features/undo/useUndo.ts'
import { useHotkeys } from '../ui/useHotkeys.ts'
import type { Commands } from './commands.ts'
import { usePlaces } from './places.ts'
import { toggleSidebar } from './sidebarState.ts'

/** What can be pressed on every page. */
export function useShellHotkeys({ openPalette, openShortcuts }: Commands): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const undoLast = useUndoLast()
  const general = t('shell.shortcuts.general')
  const places = usePlaces().flatMap((entry) =>
    entry.keys === undefined ? [] : [{ ...entry, keys: entry.keys }],
  )
  useHotkeys([
    { keys: 'mod+k', label: t('shell.shortcuts.palette'), group: general, run: openPalette },
    { keys: '/', label: t('shell.shortcuts.search'), group: general, run: openPalette },
    { keys: '?', label: t('shell.shortcuts.help'), group: general, run: openShortcuts },
    { keys: 'z', label: t('shell.shortcuts.undo'), group: general, run: undoLast },
    { keys: '[', label: t('shell.shortcuts.sidebar'), group: general, run: toggleSidebar },
    ...places.map((entry) => ({
      keys: entry.keys,
      label: entry.label,
      group: t('shell.shortcuts.go'),
      run: () => void navigate(entry.path),
    })),
  ])
}
