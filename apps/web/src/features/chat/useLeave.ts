import type { ChatChannel } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { notify } from '../../ui/notify.ts'
import { useJoinChannel, useRemoveMember } from './api.ts'
import { useTell } from './useTell.ts'

/** Leaves the channel; a public one can be joined again at once. */
export function useLeave({ id, name, kind, archived_at }: ChatChannel): () => Promise<void> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const tell = useTell()
  const me = useMe().user.id
  const remove = useRemoveMember()
  const join = useJoinChannel()
  return async () => {
    await remove.mutateAsync({ id, user_id: me })
    void navigate(paths.chat)
    const told = t('chat.leaving.done', { name })
    if (kind === 'public' && archived_at === null) notify.undo(told, () => tell(join.mutateAsync(id)))
    else notify.success(told)
  }
}
