import { Fragment } from 'react'
import { cx } from './cx.ts'

const IS_APPLE = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const SYMBOLS: Record<string, string> = {
  mod: IS_APPLE ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: IS_APPLE ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

function keysOf(step: string): string[] {
  return step
    .split('+')
    .map((key) => SYMBOLS[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key))
}

/** Shows a shortcut as useHotkeys spells it: `mod+k`, `g l`, `?`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-1 text-11 text-faint', className)}>
      {keys.split(' ').map((step, index) => (
        <Fragment key={`${step}${index}`}>
          {keysOf(step).map((key) => (
            <kbd
              key={key}
              className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-small border border-line-strong bg-raised px-1 font-sans text-11 leading-none text-muted"
            >
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
