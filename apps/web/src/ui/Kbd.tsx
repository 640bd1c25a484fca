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

/**
 * Shows a shortcut as useHotkeys spells it: `mod+k`, `g l`, `?`. A hint for eyes alone: the `?` list says it in words, and
 * where there are only fingers it has no use.
 */
export type KbdProps = {
  keys: string
  /** On a filled button the keys take the button's colour. */
  filled?: boolean
  className?: string
}

const LOOKS = {
  plain: 'border-line-strong bg-raised text-muted',
  filled: 'border-current/30 text-current',
}

export function Kbd({ keys, filled = false, className }: KbdProps) {
  return (
    <span aria-hidden className={cx('inline-flex items-center gap-1 pointer-coarse:hidden', className)}>
      {keys.split(' ').map((step, index) => (
        <Fragment key={`${step}${index}`}>
          {keysOf(step).map((key) => (
            <kbd
              key={key}
              className={cx(
                'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-small border px-1 font-sans text-11 leading-none',
                LOOKS[filled ? 'filled' : 'plain'],
              )}
            >
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
