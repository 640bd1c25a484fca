import type { RecordTag } from '@rapport/contracts'
import { StagePill } from '../../ui/StagePill.tsx'

const shownAtMost = 3

/** Tags in one line: some of them, and how many more there are. */
export function TagChips({ tags }: { tags: readonly RecordTag[] }) {
  if (tags.length === 0) return null
  const more = tags.slice(shownAtMost)
  const names = tags.map(({ name }) => name).join(', ')
  return (
    <span className="flex min-w-0 items-center gap-1" title={names}>
      {tags.slice(0, shownAtMost).map(({ id, name, color }) => (
        <StagePill key={id} hue={color} className="min-w-8">
          {name}
        </StagePill>
      ))}
      {more.length > 0 ? (
        <span className="shrink-0 text-12 text-muted">
          <span aria-hidden>+{more.length}</span>
          <span className="sr-only">{more.map(({ name }) => name).join(', ')}</span>
        </span>
      ) : null}
    </span>
  )
}
