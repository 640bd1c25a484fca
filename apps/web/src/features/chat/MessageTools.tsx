import {
  AlarmClock,
  Link2,
  MailOpen,
  MessageSquareText,
  MoreHorizontal,
  PencilLine,
  Pin,
  PinOff,
  SmilePlus,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator, SubMenu } from '../../ui/Menu.tsx'
import { EmojiPicker } from './EmojiPicker.tsx'
import type { Said } from './messages.ts'
import { RemindChoices } from './RemindChoices.tsx'
import { useUsedEmoji } from './usedEmoji.ts'
import type { MessageActions } from './useMessageActions.ts'

type Props = {
  message: Said
  actions: MessageActions
  inThread: boolean
  /** A menu is open: the tools stay, wherever the pointer is. */
  onHold: (held: boolean) => void
}

const quick = 3

/** What can be done to a message, above its right end. */
export function MessageTools({ message, actions, inThread, onHold }: Props) {
  const { t } = useTranslation()
  const used = useUsedEmoji()
  const me = useMe().user.id
  const mine = message.author.id === me
  return (
    <div
      className="float-surface absolute -top-4 right-3 z-10 flex p-0.5"
      role="toolbar"
      aria-label={t('chat.act.label')}
    >
      {actions.mayPost ? (
        <>
          {used.slice(0, quick).map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={t('chat.act.react_with', { emoji })}
              className="hidden size-control-small items-center justify-center rounded-base text-15 hover:bg-hover sm:flex"
              onClick={() => actions.react(message, emoji)}
            >
              {emoji}
            </button>
          ))}
          <EmojiPicker
            label={t('chat.act.react')}
            trigger={<IconButton icon={SmilePlus} size="small" label={t('chat.act.react')} />}
            onOpenChange={onHold}
            onPick={(emoji) => actions.react(message, emoji)}
          />
        </>
      ) : null}
      {inThread ? null : (
        <IconButton
          icon={MessageSquareText}
          size="small"
          label={t('chat.act.reply')}
          onClick={() => actions.openThread(message)}
        />
      )}
      {mine && actions.mayPost ? (
        <IconButton
          icon={PencilLine}
          size="small"
          label={t('chat.act.edit')}
          shortcut="e"
          onClick={() => actions.edit(message)}
        />
      ) : null}
      <Menu
        align="end"
        onOpenChange={onHold}
        trigger={<IconButton icon={MoreHorizontal} size="small" label={t('chat.act.more')} />}
      >
        <MenuItem icon={Link2} onSelect={() => actions.copyLink(message)}>
          {t('chat.act.copy_link')}
        </MenuItem>
        {actions.isMember ? (
          <>
            {inThread ? null : (
              <MenuItem icon={MailOpen} shortcut="u" onSelect={() => actions.markUnread(message)}>
                {t('chat.act.unread')}
              </MenuItem>
            )}
            <SubMenu icon={AlarmClock} label={t('chat.act.remind')}>
              <RemindChoices
                onChoose={(due_at) => actions.remind(message, due_at)}
                onOther={() => actions.remindAt(message)}
              />
            </SubMenu>
          </>
        ) : null}
        {actions.mayPost ? (
          <MenuItem icon={message.pinned_at === null ? Pin : PinOff} onSelect={() => actions.pin(message)}>
            {t(message.pinned_at === null ? 'chat.act.pin' : 'chat.act.unpin')}
          </MenuItem>
        ) : null}
        {mine || actions.mayModerate ? (
          <>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger onSelect={() => actions.remove(message)}>
              {t('chat.act.delete')}
            </MenuItem>
          </>
        ) : null}
      </Menu>
    </div>
  )
}
