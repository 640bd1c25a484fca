import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import type { Hotkey } from './hotkeys.ts'
import { Kbd } from './Kbd.tsx'
import { useRegisteredHotkeys } from './useHotkeys.ts'

/** What counts is the latest holder of each key, as in the registry itself. */
function groupHotkeys(hotkeys: readonly Hotkey[]): [group: string, hotkeys: Hotkey[]][] {
  const byKeys = new Map(hotkeys.map((hotkey) => [hotkey.keys, hotkey]))
  const groups = new Map<string, Hotkey[]>()
  for (const hotkey of byKeys.values())
    groups.set(hotkey.group, [...(groups.get(hotkey.group) ?? []), hotkey])
  return [...groups]
}

/** Lists every shortcut that works on the page of the moment. */
export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { t } = useTranslation()
  const groups = groupHotkeys(useRegisteredHotkeys())
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('shell.shortcuts.title')} size="large">
      <div className="gap-x-10 sm:columns-2">
        {groups.map(([group, hotkeys]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-12 font-medium text-faint">{group}</h3>
            <dl>
              {hotkeys.map(({ keys, label }) => (
                <div
                  key={keys}
                  className="flex min-h-8 items-center justify-between gap-4 border-b border-line"
                >
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
