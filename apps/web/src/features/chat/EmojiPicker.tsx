import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { Input } from '../../ui/Input.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { emojiQuery, findEmoji } from './emoji.ts'
import { noteUsedEmoji, useUsedEmoji } from './usedEmoji.ts'

type Props = {
  trigger: ReactElement
  label: string
  onPick: (sign: string) => void
  onOpenChange?: (open: boolean) => void
}

/** Any emoji, found by what it is called in the reader's language. */
export function EmojiPicker({ trigger, label, onPick, onOpenChange }: Props) {
  const [open, showOpen] = useState(false)
  const setOpen = (next: boolean) => {
    showOpen(next)
    onOpenChange?.(next)
  }
  const pick = (sign: string) => {
    noteUsedEmoji(sign)
    setOpen(false)
    onPick(sign)
  }
  return (
    <Popover
      trigger={trigger}
      label={label}
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-80 p-2!"
    >
      {open ? <Choices onPick={pick} /> : null}
    </Popover>
  )
}

const groups = [
  [0, 'smileys', '😀'],
  [1, 'people', '👋'],
  [3, 'animals', '🐻'],
  [4, 'food', '🍎'],
  [5, 'travel', '🚗'],
  [6, 'activities', '⚽'],
  [7, 'objects', '💡'],
  [8, 'symbols', '🔣'],
  [9, 'flags', '🏁'],
] as const
const mostFound = 72
const columns = 8

function Choices({ onPick }: { onPick: (sign: string) => void }) {
  const { t, i18n } = useTranslation()
  const query = useQuery(emojiQuery(i18n.language))
  const used = useUsedEmoji()
  const [typed, setTyped] = useState('')
  const [group, setGroup] = useState(0)
  const wanted = useDeferredValue(typed)
  const grid = useRef<HTMLFieldSetElement>(null)
  const shown = useMemo(() => {
    const all = query.data ?? []
    return wanted.trim() === '' ? all.filter((one) => one.group === group) : findEmoji(all, wanted, mostFound)
  }, [query.data, wanted, group])

  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    const buttons = [...(grid.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (step === undefined || at === -1) return
    event.preventDefault()
    buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus()
  }
  const keys = { onKeyDown: move }
  return (
    <div className="flex flex-col gap-2">
      <Input
        size="small"
        icon={Search}
        aria-label={t('chat.emoji.search')}
        placeholder={t('chat.emoji.search')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && shown[0] && typed.trim() !== '') {
            event.preventDefault()
            onPick(shown[0].sign)
          }
          if (event.key === 'ArrowDown') {
            event.preventDefault()
            grid.current?.querySelector('button')?.focus()
          }
        }}
      />
      {typed === '' ? (
        <div className="grid grid-cols-8 border-b border-line pb-2">
          {used.map((sign) => (
            <Sign key={sign} sign={sign} label={sign} onPick={onPick} />
          ))}
        </div>
      ) : null}
      {query.isPending ? <Skeleton className="h-48 w-full" /> : null}
      {/* Arrows go through the signs; Tab goes past them. */}
      <fieldset
        ref={grid}
        aria-label={t('chat.emoji.all')}
        className="grid h-48 auto-rows-max grid-cols-8 overflow-y-auto"
        {...keys}
      >
        {shown.map(({ sign, label }, index) => (
          <Sign key={sign} sign={sign} label={label} onPick={onPick} tabIndex={index === 0 ? 0 : -1} />
        ))}
        {query.isSuccess && shown.length === 0 ? (
          <p className="col-span-8 py-4 text-center text-13 text-muted">{t('chat.emoji.none')}</p>
        ) : null}
      </fieldset>
      {typed === '' ? (
        <div className="flex border-t border-line pt-1">
          {groups.map(([number, name, sign]) => (
            <button
              key={number}
              type="button"
              aria-label={t(`chat.emoji.group.${name}`)}
              aria-pressed={number === group}
              className={cx(
                'flex h-8 flex-1 items-center justify-center rounded-small text-15 hover:bg-hover',
                number === group && 'bg-active',
              )}
              onClick={() => setGroup(number)}
            >
              {sign}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

type SignProps = { sign: string; label: string; onPick: (sign: string) => void; tabIndex?: number }

function Sign({ sign, label, onPick, tabIndex }: SignProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={tabIndex}
      className="flex size-9 items-center justify-center rounded-small text-20 hover:bg-hover focus-visible:bg-hover"
      onClick={() => onPick(sign)}
    >
      {sign}
    </button>
  )
}
