import type { ChatChannel } from '@rapport/contracts'
import { ArrowLeft, ExternalLink, Paperclip, Pin, Search, Star, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { paths, recordPath } from '../../app/paths.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useChannelSettings } from './api.ts'
import { ChannelSign } from './ChannelSign.tsx'
import { ChannelMenu } from './ChannelMenu.tsx'
import { ChannelSettings } from './ChannelSettings.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { MembersDialog } from './MembersDialog.tsx'
import { useLeave } from './useLeave.ts'
import { useTell } from './useTell.ts'

export type Panel = 'pins' | 'search' | 'files' | 'reminders'
export type Asked = 'members' | 'settings' | 'leave'
const panels = [
  { name: 'pins', icon: Pin, label: 'chat.pins.title', className: '' },
  { name: 'search', icon: Search, label: 'chat.search.open', className: '' },
  // Where there is no room, the menu has it.
  { name: 'files', icon: Paperclip, label: 'chat.files', className: 'hidden sm:block' },
] as const

type Props = { channel: ChatChannel; panel: Panel | null; onPanel: (panel: Panel | null) => void }

export function ChannelHeader({ channel, panel, onPanel }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<Asked | null>(null)
  const settings = useChannelSettings(channel.id)
  const tell = useTell()
  const leave = useLeave(channel)
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
        {panels.map(({ name, icon, label, className }) => (
          <span key={name} className={className}>
            <IconButton
              icon={icon}
              label={t(label)}
              aria-pressed={panel === name}
              className="aria-pressed:bg-active aria-pressed:text-ink"
              onClick={() => toggle(name)}
            />
          </span>
        ))}
        <ChannelMenu channel={channel} onOpen={setOpen} onPanel={onPanel} />
      </div>
      {open === 'members' ? <MembersDialog channel={channel} onClose={() => setOpen(null)} /> : null}
      {open === 'settings' ? <ChannelSettings channel={channel} onClose={() => setOpen(null)} /> : null}
      {open === 'leave' ? (
        <LeaveDialog channel={channel} onLeave={() => tell(leave())} onClose={() => setOpen(null)} />
      ) : null}
    </header>
  )
}
