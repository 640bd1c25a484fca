import type { RapportEvent } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import { useEvents } from '../../app/realtime.ts'
import { notify } from '../../ui/notify.ts'
import { useMemberName } from '../members/api.ts'
import { readNotesAgain } from './api.ts'

const shown_ms = 20_000

/** What others write is shown as it happens, and who is mentioned hears of it, wherever they are. */
export function useNoteEvents(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const nameOf = useMemberName()

  const tellMention = ({ id, data }: RapportEvent) => {
    const { record, by_id } = data as { record: { object: string; id: string }; by_id: string | null }
    notify.stand(`mention ${id}`, {
      title: t('notes.mentioned', { name: nameOf(by_id) ?? t('notes.somebody') }),
      timeout: shown_ms,
      data: {
        kind: 'success',
        actions: [{ label: t('notes.open'), run: () => void navigate(recordPath(record.object, record.id)) }],
      },
    })
  }

  useEvents((event) => {
    if (event.type === 'note.mentioned') tellMention(event)
    else if (event.type.startsWith('note.')) readNotesAgain(event.record)
  })
}
