import { ColourDot } from '../ColourDot.tsx'
import { cx } from '../cx.ts'
import type { Hue } from '../hue.ts'

export type Bar = {
  key: string
  label: string
  /** From the bottom up, in the order of the series. */
  values: readonly number[]
  /** A line across the bar: what was aimed at. */
  mark?: number | null
}

export type StackedBarsProps = {
  /** What it shows, for who does not see it. */
  label: string
  series: readonly { name: string; hue: Hue }[]
  bars: readonly Bar[]
  /** What the line across a bar stands for. */
  markName?: string
  write: (value: number) => string
  /** There are no halves of what is counted. */
  whole?: boolean
  className?: string
}

/** Bars of equal width, side by side. A picture of a table: it tells nothing that the table does not. */
export function StackedBars({
  label,
  series,
  bars,
  markName,
  write,
  whole = false,
  className,
}: StackedBarsProps) {
  const highest = roundUp(Math.max(0, ...bars.map(({ values, mark }) => Math.max(sum(values), mark ?? 0))))
  const top = whole ? Math.max(2, highest + (highest % 2)) : highest
  const isMarked = markName !== undefined && bars.some(({ mark }) => mark)
  const share = (value: number) => `${top === 0 ? 0 : (100 * value) / top}%`
  return (
    <figure aria-label={label} className={cx('flex flex-col gap-2', className)}>
      <div aria-hidden className="flex min-h-32 flex-1 gap-2">
        <div className="flex shrink-0 flex-col justify-between pb-5 text-right text-11 text-faint tabular">
          {[1, 0.5, 0].map((part) => (
            <span key={part} className="-translate-y-1/2 leading-none last:translate-y-0">
              {write(top * part)}
            </span>
          ))}
        </div>
        <div className="relative flex min-w-0 flex-1 items-stretch gap-1 sm:gap-2">
          <div className="pointer-events-none absolute inset-x-0 top-0 bottom-5 flex flex-col justify-between">
            {[1, 0.5, 0].map((part) => (
              <span key={part} className="border-t border-line" />
            ))}
          </div>
          {bars.map(({ key, label: name, values, mark }) => (
            <div key={key} className="relative flex min-w-0 flex-1 flex-col">
              <div className="relative flex flex-1 flex-col-reverse items-center">
                {series.map(({ name: part, hue }, place) => (
                  <span
                    key={part}
                    data-hue={hue}
                    title={`${name}: ${part} ${write(values[place] ?? 0)}`}
                    className="w-full max-w-10 shrink-0 bg-hue-fill"
                    style={{ height: share(values[place] ?? 0) }}
                  />
                ))}
                {mark ? (
                  <span
                    className="absolute w-full max-w-16 border-t-2 border-dashed border-ink"
                    style={{ bottom: share(mark) }}
                  />
                ) : null}
              </div>
              <span className="h-5 overflow-hidden pt-1 text-center whitespace-nowrap text-11 text-muted">
                {name}
              </span>
            </div>
          ))}
        </div>
      </div>
      {series.length < 2 && !isMarked ? null : (
        <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
          {series.map(({ name, hue }) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <ColourDot hue={hue} />
              {name}
            </span>
          ))}
          {isMarked ? (
            <span className="inline-flex items-center gap-1.5">
              <span className="w-4 border-t-2 border-dashed border-ink" />
              {markName}
            </span>
          ) : null}
        </figcaption>
      )}
    </figure>
  )
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

/** The next of 1, 2, 5, 10, 20 …, for an axis with whole steps. */
export function roundUp(value: number): number {
  if (value <= 0) return 0
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? 10 * power
}
