import type { ChatChannel } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { markRead, pin, react, remind } from './api.ts'
import type { Said } from './messages.ts'

export type MessageActions = ReturnType<typeof useMessageActions>['actions']

type Given = {
  channel: ChatChannel
  onThread: (message: Said) => void
  /** From here on all is new again. */
  onUnread: (message: Said) => void
}

/** What can be done to a message, and the questions that are asked before some of it. */
export function useMessageActions({ channel, onThread, onUnread }: Given) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const me = useMe().user.id
  const [editing, setEditing] = useState<string | null>(null)
  const [removing, setRemoving] = useState<Said | null>(null)
  const [history, setHistory] = useState<Said | null>(null)
  const { post, moderate } = channel.can
  const { id } = channel
  const isMember = channel.me !== null

  const actions = useMemo(() => {
    const tell = (doing: Promise<unknown>) =>
      void doing.catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
    return {
      mayPost: post,
      mayModerate: moderate,
      isMember,
      react: (message: Said, emoji: string) => tell(react(message, emoji, me)),
      openThread: onThread,
      edit: (message: Said) => setEditing(message.id),
      endEdit: () => setEditing(null),
      showHistory: setHistory,
      remove: setRemoving,
      pin: (message: Said) => tell(pin(message, me)),
      copyLink: (message: Said) =>
        tell(
          navigator.clipboard
            .writeText(location.origin + paths.chatMessage(message.channel_id, message.id, message.reply_to))
            .then(() => notify.success(t('chat.link_copied'))),
        ),
      remind: (message: Said, due_at: string) =>
        tell(
          remind(message, due_at).then(() =>
            notify.success(t('chat.remind.set', { when: format.dateTime(due_at) })),
          ),
        ),
      markUnread: (message: Said) => {
        onUnread(message)
        tell(markRead(id, message, true))
      },
    }
  }, [post, moderate, isMember, id, me, onThread, onUnread, t, describe, format])
  return { actions, editing, removing, setRemoving, history, setHistory }
}
