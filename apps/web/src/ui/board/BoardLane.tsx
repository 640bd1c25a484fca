import { ChevronRight } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { ColourDot } from '../ColourDot.tsx'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import type { BoardLane as Lane } from './types.ts'

type Props = { lane: Lane; folded: boolean; onFold: (id: string) => void; children: ReactNode }

/** A row of the board: what its cards have in common, how many they are and what they are worth, and its columns. */
export function BoardLane({ lane, folded, onFold, children }: Props) {
  const { id, title, hue, count, summary } = lane
  const format = useFormat()
  const headingId = useId()
  return (
    <section aria-labelledby={headingId} data-lane={id} className="flex w-max min-w-full flex-col gap-1.5">
      <div className="sticky left-0 flex w-fit items-center gap-2 text-13">
        <h2 id={headingId} className="font-semibold">
          <button
            type="button"
            aria-expanded={!folded}
            onClick={() => onFold(id)}
            className="flex h-control-small items-center gap-1.5 rounded-small pr-1.5 hover:bg-hover pointer-coarse:h-10"
          >
            <ChevronRight
              className={cx('size-4 text-faint transition-transform', !folded && 'rotate-90')}
              strokeWidth={1.75}
              aria-hidden
            />
            {hue ? <ColourDot hue={hue} /> : null}
            <span className="max-w-60 truncate">{title}</span>
          </button>
        </h2>
        <span className="text-muted tabular">{format.number(count)}</span>
        {summary ? <span className="text-12 text-muted tabular">{summary}</span> : null}
      </div>
      {folded ? null : <div className="flex max-h-[28rem] gap-2">{children}</div>}
    </section>
  )
}
