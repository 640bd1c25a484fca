import type { ChatChannel } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useUpdateChannel } from './api.ts'
import { useTell } from './useTell.ts'

/** Nobody writes in an archived channel; what was said stays, and it can be taken out again. */
export function useArchive({ id, name }: Pick<ChatChannel, 'id' | 'name'>) {
  const { t } = useTranslation()
  const tell = useTell()
  const update = useUpdateChannel(id)
  const restore = () => tell(update.mutateAsync({ archived: false }))
  const archive = () =>
    tell(
      update
        .mutateAsync({ archived: true })
        .then(() => notify.undo(t('chat.archive.done', { name }), restore)),
    )
  return { archive, restore, busy: update.isPending }
}
