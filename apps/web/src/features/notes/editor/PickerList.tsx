import { UsersRound } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { cx } from '../../../ui/cx.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { kindOf } from '../../records/kinds.ts'
import type { Choice, PickerStore } from './pickers.ts'

/** The focus never comes here, so no element of the browser's own does. */
const asList = { role: 'listbox' } as const
const asOption = { role: 'option', tabIndex: -1 } as const

const none = { people: 'none', records: 'no_record', emoji: 'no_sign' } as const

const height_px = 248
const width_px = 288

/** Beside the caret, where the focus stays: the editor says which choice is active. */
export function PickerList({ store, listId }: { store: PickerStore; listId: string }) {
  const { t } = useTranslation()
  const picker = useSyncExternalStore(store.subscribe, store.read)
  const active = picker?.active
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, listId])
  if (!picker?.place) return null
  const { kind, choices, place, choose } = picker
  const above = place.bottom + height_px > innerHeight && place.top > height_px
  const left = Math.max(8, Math.min(place.left, innerWidth - width_px - 8))
  return createPortal(
    <div
      style={{
        left,
        width: width_px,
        ...(above ? { bottom: innerHeight - place.top + 4 } : { top: place.bottom + 4 }),
      }}
      className="float-surface fixed z-50 max-h-62 overflow-y-auto p-1"
      data-layer=""
    >
      {choices.length === 0 ? (
        <output className="block px-2 py-1.5 text-13 text-muted">{t(`notes.picker.${none[kind]}`)}</output>
      ) : null}
      <div {...asList} id={listId} aria-label={t(`notes.picker.${kind}`)}>
        {choices.map((choice, index) => (
          <div
            key={`${choice.object ?? ''} ${choice.id}`}
            id={`${listId}-${index}`}
            {...asOption}
            aria-selected={index === active}
            className={cx('option-row', index === active && 'bg-hover')}
            onPointerMove={() => (index === active ? undefined : store.write({ ...picker, active: index }))}
            onPointerDown={(event) => {
              // The caret stays where the choice goes.
              event.preventDefault()
              choose(choice)
            }}
          >
            <Sign choice={choice} />
            <span className="min-w-0 flex-1 truncate">{choice.label}</span>
            <span className="max-w-28 truncate text-12 text-faint">{choice.detail}</span>
          </div>
        ))}
      </div>
    </div>,
    document.body,
  )
}

function Sign({ choice: { object, label, node } }: { choice: Choice }) {
  if (node && 'text' in node) return <span aria-hidden>{node.text}</span>
  if (node) return <UsersRound className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
  if (object === undefined) return <Avatar name={label} size={20} decorative />
  const Icon = kindOf(object)?.icon
  return Icon ? <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden /> : null
}
