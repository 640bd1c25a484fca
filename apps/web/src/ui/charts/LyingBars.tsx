import type { ReactNode } from 'react'
import type { Hue } from '../hue.ts'

export type LyingBar = { key: string; label: ReactNode; value: number; text: string; hue: Hue }

/** Bars below each other, each with its name and figure: readable as they are, without an axis. */
export function LyingBars({ bars, empty }: { bars: readonly LyingBar[]; empty: string }) {
  const top = Math.max(0, ...bars.map(({ value }) => value))
  if (bars.length === 0) return <p className="text-13 text-muted">{empty}</p>
  return (
    <ul className="flex flex-col gap-2">
      {bars.map(({ key, label, value, text, hue }) => (
        <li key={key} className="flex flex-col gap-1">
          <span className="flex items-baseline justify-between gap-3 text-12">
            <span className="min-w-0 truncate">{label}</span>
            <span className="text-muted tabular">{text}</span>
          </span>
          <span
            data-hue={hue}
            className="block h-2 rounded-small bg-hue-fill"
            style={{ width: `${top === 0 ? 0 : (100 * value) / top}%` }}
          />
        </li>
      ))}
    </ul>
  )
}
