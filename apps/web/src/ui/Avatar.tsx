import { cx } from './cx.ts'
import { hueOf } from './hue.ts'

export type AvatarProps = {
  name: string
  /** Square corners say “organization or company”, round ones “person”. */
  shape?: 'person' | 'organization'
  size?: 20 | 24 | 32 | 40
  /** Set when the name stands beside it anyway. */
  decorative?: boolean
  className?: string
}

const SIZES = {
  20: 'size-5 text-[0.5625rem]',
  24: 'size-6 text-[0.625rem]',
  32: 'size-8 text-12',
  40: 'size-10 text-13',
}

/** “Ana Clara de Souza” → AS, “acme” → A. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const initial = (word: string | undefined) => Array.from(word ?? '')[0] ?? ''
  const both = initial(words[0]) + (words.length > 1 ? initial(words.at(-1)) : '')
  return both.toLocaleUpperCase() || '?'
}

export function Avatar({ name, shape = 'person', size = 24, decorative = false, className }: AvatarProps) {
  const label = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name }
  return (
    <span
      {...label}
      data-hue={hueOf(name)}
      data-initials={shape === 'organization' ? initialsOf(name).slice(0, 1) : initialsOf(name)}
      className={cx(
        'inline-flex shrink-0 items-center justify-center bg-hue-fill font-semibold text-on-accent select-none before:content-[attr(data-initials)]',
        shape === 'person' ? 'rounded-full' : 'rounded-small',
        SIZES[size],
        className,
      )}
    />
  )
}
