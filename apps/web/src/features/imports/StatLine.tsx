import { useFormat } from '../../ui/format.ts'
import { cx } from '../../ui/cx.ts'

export type Stat = { label: string; value: number; tone?: 'success' | 'danger' }

const tones = { success: 'text-success-ink', danger: 'text-danger-ink' }

/** A few figures side by side. A zero is quiet: it is no news. */
export function StatLine({ stats }: { stats: readonly Stat[] }) {
  const format = useFormat()
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-4 sm:gap-x-10">
      {stats.map(({ label, value, tone }) => (
        <div key={label} className="flex min-w-14 sm:min-w-20 flex-col-reverse">
          <dt className="text-12 text-muted">{label}</dt>
          <dd
            className={cx(
              'text-20 font-semibold tabular',
              value === 0 ? 'text-faint' : tone ? tones[tone] : 'text-ink',
            )}
          >
            {format.number(value)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
