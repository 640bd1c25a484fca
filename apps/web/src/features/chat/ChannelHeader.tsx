import type { ChatChannel } from '@rapport/contracts'
import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  Bell,
  BellOff,
  ExternalLink,
  LogOut,
  MoreHorizontal,
  PencilLine,
  Pin,
  Search,
  Star,
  UserPlus,
  UsersRound,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { paths, recordPath } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuChoices, MenuGroup, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useChannelSettings, useLeaveChannel, useUpdateChannel } from './api.ts'
import { ChannelSign } from './ChannelSign.tsx'
import { EditChannelDialog, MembersDialog } from './ChannelDialogs.tsx'

export type Panel = 'pins' | 'search'
type Props = { channel: ChatChannel; panel: Panel | null; onPanel: (panel: Panel | null) => void }

export function ChannelHeader({ channel, panel, onPanel }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'members' | 'edit' | null>(null)
  const settings = useChannelSettings(channel.id)
  const starred = channel.me?.starred ?? false
  const toggle = (wanted: Panel) => onPanel(panel === wanted ? null : wanted)
  return (
    <header className="flex h-bar shrink-0 items-center gap-1.5 border-b border-line pr-2 pl-2 md:pl-4">
      <span className="md:hidden">
        <IconButton icon={ArrowLeft} label={t('chat.back')} onClick={() => void navigate(paths.chat)} />
      </span>
      <ChannelSign channel={channel} />
      <h1 className="truncate text-15 font-semibold">{channel.name}</h1>
      {channel.me ? (
        <IconButton
          icon={Star}
          size="small"
          label={t(starred ? 'chat.unstar' : 'chat.star')}
          aria-pressed={starred}
          className="aria-pressed:text-warn [&[aria-pressed=true]>svg]:fill-current"
          onClick={() => settings.mutate({ starred: !starred })}
        />
      ) : null}
      {channel.topic === null ? null : (
        <p className="hidden min-w-0 truncate text-12 text-muted lg:block">{channel.topic}</p>
      )}
      <div className="ml-auto flex items-center gap-0.5">
        {channel.record ? (
          <Link
            to={recordPath(channel.record.object, channel.record.id)}
            aria-label={t('chat.open_record')}
            className="flex size-control items-center justify-center rounded-base text-muted hover:bg-hover hover:text-ink"
          >
            <ExternalLink className="size-4" strokeWidth={1.75} aria-hidden />
          </Link>
        ) : (
          <button
            type="button"
            className="hidden h-control items-center gap-1.5 rounded-base px-2 text-12 text-muted tabular hover:bg-hover sm:flex"
            aria-label={t('chat.members.open', { count: channel.member_count })}
            onClick={() => setOpen('members')}
          >
            <UsersRound className="size-4" strokeWidth={1.75} aria-hidden />
            {channel.member_count}
          </button>
        )}
        <IconButton
          icon={Pin}
          label={t('chat.pins.title')}
          aria-pressed={panel === 'pins'}
          className="aria-pressed:bg-active aria-pressed:text-ink"
          onClick={() => toggle('pins')}
        />
        <IconButton
          icon={Search}
          label={t('chat.search.open')}
          aria-pressed={panel === 'search'}
          className="aria-pressed:bg-active aria-pressed:text-ink"
          onClick={() => toggle('search')}
        />
        <ChannelMenu channel={channel} onOpen={setOpen} />
      </div>
      {open === 'members' ? <MembersDialog channel={channel} onClose={() => setOpen(null)} /> : null}
      {open === 'edit' ? <EditChannelDialog channel={channel} onClose={() => setOpen(null)} /> : null}
    </header>
  )
}

type MenuProps = { channel: ChatChannel; onOpen: (dialog: 'members' | 'edit') => void }

function ChannelMenu({ channel, onOpen }: MenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const describe = useDescribeProblem()
  const me = useMe().user.id
  const settings = useChannelSettings(channel.id)
  const update = useUpdateChannel(channel.id)
  const leave = useLeaveChannel()
  const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const { can, me: mine, archived_at } = channel
  const restore = () => update.mutateAsync({ archived: false }).catch(onError)
  const archive = () =>
    void update
      .mutateAsync({ archived: true })
      .then(() => notify.undo(t('chat.archive.done', { name: channel.name }), () => void restore()), onError)
  if (!mine && !can.update && !can.invite) return null
  return (
    <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label={t('chat.channel_menu')} />}>
      {mine ? (
        <>
          <MenuItem
            icon={mine.muted ? Bell : BellOff}
            onSelect={() => settings.mutate({ muted: !mine.muted }, { onError })}
          >
            {t(mine.muted ? 'chat.unmute' : 'chat.mute')}
          </MenuItem>
          <MenuSeparator />
          <MenuGroup label={t('chat.notify.label')}>
            <MenuChoices
              value={mine.notify}
              onChange={(level) => settings.mutate({ notify: level }, { onError })}
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
      {channel.kind === 'record' ? null : (
        <MenuItem icon={can.invite ? UserPlus : UsersRound} onSelect={() => onOpen('members')}>
          {t('chat.members.title')}
        </MenuItem>
      )}
      {can.update ? (
        <>
          <MenuItem icon={PencilLine} onSelect={() => onOpen('edit')}>
            {t('chat.edit_channel.open')}
          </MenuItem>
          <MenuItem
            icon={archived_at ? ArchiveRestore : Archive}
            onSelect={archived_at ? () => void restore() : archive}
          >
            {t(archived_at ? 'chat.archive.restore' : 'chat.archive.do')}
          </MenuItem>
        </>
      ) : null}
      {can.leave ? (
        <MenuItem
          icon={LogOut}
          danger
          onSelect={() => {
            leave.mutate({ id: channel.id, user_id: me }, { onError })
            void navigate(paths.chat)
          }}
        >
          {t('chat.leave')}
        </MenuItem>
      ) : null}
    </Menu>
  )
}
