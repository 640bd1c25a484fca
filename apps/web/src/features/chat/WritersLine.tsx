import { useTranslation } from 'react-i18next'
import { useWriters } from '../../app/followed.ts'
import { useFormat } from '../../ui/format.ts'
import type { Place } from './messages.ts'

const named = 2

/** Who else is writing; its line is always there, so that nothing moves when somebody begins. */
export function WritersLine({ place: { channel_id, thread } }: { place: Place }) {
  const { t } = useTranslation()
  const format = useFormat()
  const writers = useWriters(channel_id, thread)
  return (
    <p className="h-5 truncate px-4 text-11 leading-5 text-muted md:px-5" aria-live="off">
      {writers.length === 0
        ? ''
        : writers.length > named
          ? t('chat.writing_many')
          : t('chat.writing', { count: writers.length, who: format.list(writers) })}
    </p>
  )
}
