import { SmilePlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useMemberName } from '../members/api.ts'
import { EmojiPicker } from './EmojiPicker.tsx'
import type { Said } from './messages.ts'
import type { MessageActions } from './useMessageActions.ts'

export function Reactions({ message, actions }: { message: Said; actions: MessageActions }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useMemberName()
  const me = useMe().user.id
  if (message.reactions.length === 0 || message.deleted_at !== null) return null
  return (
    <ul aria-label={t('chat.reactions')} className="mt-1 flex flex-wrap items-center gap-1">
      {message.reactions.map(({ emoji, user_ids }) => {
        const names = user_ids.map((id) => (id === me ? t('chat.you') : (nameOf(id) ?? t('notes.somebody'))))
        const who = format.list(names)
        const mine = user_ids.includes(me)
        return (
          <li key={emoji}>
            <Tooltip label={who}>
              <button
                type="button"
                aria-pressed={mine}
                aria-label={t('chat.reacted', { emoji, who, count: user_ids.length })}
                disabled={!actions.mayPost}
                className={cx(
                  'flex h-6 items-center gap-1 rounded-full border px-2 text-12 tabular transition-colors',
                  mine
                    ? 'border-accent bg-accent-soft text-accent-ink'
                    : 'border-line bg-sunken text-muted hover:border-line-control',
                )}
                onClick={() => actions.react(message, emoji)}
              >
                <span>{emoji}</span> {user_ids.length}
              </button>
            </Tooltip>
          </li>
        )
      })}
      {actions.mayPost ? (
        <li>
          <EmojiPicker
            label={t('chat.act.react')}
            trigger={<IconButton icon={SmilePlus} size="small" label={t('chat.act.react')} />}
            onPick={(emoji) => actions.react(message, emoji)}
          />
        </li>
      ) : null}
    </ul>
  )
}
