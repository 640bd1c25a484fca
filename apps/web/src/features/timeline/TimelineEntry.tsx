import type { Activity } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Pin, PinOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import type { Tone } from '../../ui/Badge.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { kindOf } from '../records/kinds.ts'
import { RelatedName } from '../records/RelatedName.tsx'
import { useActivityText } from '../records/useActivityText.tsx'
import { leadStore } from '../records/stores.ts'
import { useKindWords } from '../records/useKindWords.ts'
import { kindOfType } from './entryKinds.ts'
import { EntryText } from './EntryText.tsx'
import { summed } from './groupEntries.ts'
import type { Entry } from './types.ts'

const tones: Record<Tone, string> = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent-ink',
  success: 'bg-success-soft text-success-ink',
  warn: 'bg-warn-soft text-warn-ink',
  danger: 'bg-danger-soft text-danger-ink',
  info: 'bg-info-soft text-info-ink',
}

type Props = {
  entry: Entry
  /** Whose timeline it stands on. */
  record_id: string
  /** Absent where one may not say what stands on top. */
  onPin?: ((activity: Activity) => void) | undefined
}

/** Who did what and when, with the look of its kind; of another record, with its name. */
export function TimelineEntry({ entry, record_id, onPin }: Props) {
  const { activity, earlier } = entry
  const { t } = useTranslation()
  const { wordOf } = useKindWords()
  const format = useFormat()
  const { object, id } = activity.record
  const kind = kindOfType(activity.type)
  const describe = useActivityText(object, useCurrencyOf(summed(entry)))
  const { sentence, link } = describe(summed(entry))
  const told = [activity, ...earlier].map((one) => ({ id: one.id, changes: describe(one).changes }))
  const pinned = activity.pinned_at !== null
  return (
    <li className="group/entry relative flex gap-2.5 pb-4 before:absolute before:top-7 before:bottom-0.5 before:left-[11px] before:w-px before:bg-line last:before:hidden">
      <span
        className={cx('flex size-6 shrink-0 items-center justify-center rounded-full', tones[kind.tone])}
        title={t(`timeline.kind.${kind.name}`)}
      >
        <kind.icon className="size-3.5" strokeWidth={1.75} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <p className="text-13">
          <span className="font-medium">{activity.actor.name}</span>{' '}
          <span className="text-muted">{sentence}</span> {link ? <RelatedName {...link} linked /> : null}
          {id === record_id ? null : (
            <span className="text-muted">
              {' '}
              ({wordOf(kindOf(object) ?? { object }, 'one')}: <RelatedName {...activity.record} linked />)
            </span>
          )}{' '}
          <time
            dateTime={activity.occurred_at}
            title={format.dateTime(activity.occurred_at)}
            className="text-12 text-faint"
          >
            {format.ago(activity.occurred_at)}
          </time>
          {earlier.length > 0 ? (
            <span className="text-12 text-faint">
              {' '}
              · {t('timeline.changes', { count: 1 + earlier.length })}
            </span>
          ) : null}
        </p>
        <EntryText activity={activity} />
        {told.flatMap((one) =>
          one.changes.map(({ field, label, before, after }) => (
            <p key={`${one.id} ${field}`} className="mt-0.5 truncate text-12 text-muted">
              {label}: <span className="line-through decoration-line-strong">{before}</span> →{' '}
              <span className="text-ink">{after}</span>
            </p>
          )),
        )}
      </div>
      {onPin ? (
        <IconButton
          icon={pinned ? PinOff : Pin}
          size="small"
          label={t(pinned ? 'timeline.unpin' : 'timeline.pin')}
          onClick={() => onPin(activity)}
          className="opacity-0 group-focus-within/entry:opacity-100 group-hover/entry:opacity-100 pointer-coarse:opacity-100"
        />
      ) : null}
    </li>
  )
}

/** Money is told in the currency of the record; asked for only where some was changed. */
function useCurrencyOf({ record, data }: Activity): string | undefined {
  const changes = (data['changes'] ?? {}) as Record<string, [unknown, unknown]>
  const kind = kindOf(record.object)
  const hasNumbers = Object.values(changes).some((pair) => pair.some((value) => typeof value === 'number'))
  const own = changes['currency']?.[1]
  const { data: found } = useQuery({
    ...(kind?.store ?? leadStore).namedQuery(record.id),
    enabled: kind !== undefined && hasNumbers && own === undefined,
    retry: false,
  })
  const currency = own ?? found?.['currency']
  return typeof currency === 'string' ? currency : undefined
}
