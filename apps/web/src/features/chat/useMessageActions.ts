import type { ChatChannel } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { notify } from '../../ui/notify.ts'
import { markRead, pin, react } from './api.ts'
import type { Said } from './messages.ts'
import { useRemind } from './useRemind.ts'
import { useTell } from './useTell.ts'

export type MessageActions = ReturnType<typeof useMessageActions>['actions']

/** What is asked before it is done, or shown, of one message. */
export type Asked = { what: 'remove' | 'history' | 'remind'; message: Said }

type Given = {
  channel: ChatChannel
  onThread: (message: Said) => void
  /** From here on all is new again. */
  onUnread: (message: Said) => void
}

/** What can be done to a message, and the questions that are asked before some of it. */
export function useMessageActions({ channel, onThread, onUnread }: Given) {
  const { t } = useTranslation()
  const remindOf = useRemind()
  const tell = useTell()
  const me = useMe().user.id
  const [editing, setEditing] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const { post, moderate } = channel.can
  const { id } = channel
  const isMember = channel.me !== null

  const actions = useMemo(() => {
    return {
      mayPost: post,
      mayModerate: moderate,
      isMember,
      react: (message: Said, emoji: string) => tell(react(message, emoji, me)),
      openThread: onThread,
      edit: (message: Said) => setEditing(message.id),
      endEdit: () => setEditing(null),
      showHistory: (message: Said) => setAsked({ what: 'history', message }),
      remove: (message: Said) => setAsked({ what: 'remove', message }),
      remindAt: (message: Said) => setAsked({ what: 'remind', message }),
      pin: (message: Said) => tell(pin(message, me)),
      copyLink: (message: Said) =>
        tell(
          navigator.clipboard
            .writeText(location.origin + paths.chatMessage(message.channel_id, message.id, message.reply_to))
            .then(() => notify.success(t('chat.link_copied'))),
        ),
      remind: (message: Said, due_at: string) => tell(remindOf(message, due_at)),
      markUnread: (message: Said) => {
        onUnread(message)
        tell(markRead(id, message, true))
      },
    }
  }, [post, moderate, isMember, id, me, onThread, onUnread, remindOf, t, tell])
  return { actions, editing, asked, endAsked: () => setAsked(null) }
}
