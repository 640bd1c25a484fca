import type { ChatChannel } from '@rapport/contracts'
import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  LogOut,
  MoreHorizontal,
  Paperclip,
  Settings2,
  UserPlus,
  UsersRound,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuChoices, MenuGroup, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useChannelSettings } from './api.ts'
import type { Asked, Panel } from './ChannelHeader.tsx'
import { useArchive } from './useArchive.ts'
import { useLeave } from './useLeave.ts'
import { useTell } from './useTell.ts'

type Props = {
  channel: ChatChannel
  onOpen: (asked: Asked) => void
  onPanel: (panel: Panel) => void
}

/** What is rarely done in a channel. */
export function ChannelMenu({ channel, onOpen, onPanel }: Props) {
  const { t } = useTranslation()
  const tell = useTell()
  const settings = useChannelSettings(channel.id)
  const { archive, restore } = useArchive(channel)
  const leave = useLeave(channel)
  const { kind, can, me: mine, archived_at } = channel
  const keep = (kept: Parameters<typeof settings.mutateAsync>[0]) => tell(settings.mutateAsync(kept))
  return (
    <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label={t('chat.channel_menu')} />}>
      {mine ? (
        <>
          <MenuItem icon={mine.muted ? Bell : BellOff} onSelect={() => keep({ muted: !mine.muted })}>
            {t(mine.muted ? 'chat.unmute' : 'chat.mute')}
          </MenuItem>
          <MenuSeparator />
          <MenuGroup label={t('chat.notify.label')}>
            <MenuChoices
              value={mine.notify}
              onChange={(notify) => keep({ notify })}
              choices={[
                { value: 'all', label: t('chat.notify.all') },
                { value: 'mentions', label: t('chat.notify.mentions') },
                { value: 'none', label: t('chat.notify.none') },
              ]}
            />
          </MenuGroup>
          <MenuSeparator />
        </>
      ) : null}
      <MenuItem icon={Paperclip} onSelect={() => onPanel('files')}>
        {t('chat.files')}
      </MenuItem>
      {kind === 'record' ? null : (
        <MenuItem icon={can.invite ? UserPlus : UsersRound} onSelect={() => onOpen('members')}>
          {t('chat.members.title')}
        </MenuItem>
      )}
      {can.update || can.moderate ? (
        <MenuItem icon={Settings2} onSelect={() => onOpen('settings')}>
          {t('chat.edit_channel.open')}
        </MenuItem>
      ) : null}
      {can.archive ? (
        <MenuItem icon={archived_at ? ArchiveRestore : Archive} onSelect={archived_at ? restore : archive}>
          {t(archived_at ? 'chat.archive.restore' : 'chat.archive.do')}
        </MenuItem>
      ) : null}
      {can.leave ? (
        <MenuItem
          icon={LogOut}
          danger
          onSelect={() => (kind === 'private' ? onOpen('leave') : tell(leave()))}
        >
          {t('chat.leave')}
        </MenuItem>
      ) : null}
    </Menu>
  )
}
