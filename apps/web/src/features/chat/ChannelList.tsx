import type { ChatChannel } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { AlarmClock, BellOff, Plus, Search, SquarePen } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { remindersQuery, useRefetching } from './api.ts'
import { ChannelSign } from './ChannelSign.tsx'
import { isDue } from './reminders.ts'
import { callsOf, isNews, type SectionName } from './sections.ts'

export type Asked = 'channel' | 'direct' | 'browse' | 'archived'

type Props = {
  sections: readonly { name: SectionName; channels: readonly ChatChannel[] }[]
  pending: boolean
  filter: string
  onFilter: (filter: string) => void
  onAsk: (asked: Asked) => void
  onSearch: () => void
  onReminders: () => void
  /** The page's own heading, unless a conversation has it. */
  heading: 'h1' | 'h2'
}

/** The conversations one is in, with what is new in each. */
export function ChannelList(props: Props) {
  const { sections, pending, filter, onFilter, onAsk, onSearch, onReminders, heading: Heading } = props
  const { t } = useTranslation()
  const mayWrite = useMay('chat:write')
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-bar shrink-0 items-center gap-1 pr-2 pl-4">
        <Heading className="flex-1 text-15 font-semibold">{t('chat.title')}</Heading>
        <IconButton icon={Search} label={t('chat.search.open')} onClick={onSearch} />
        {mayWrite ? (
          <IconButton icon={SquarePen} label={t('chat.direct.open')} onClick={() => onAsk('direct')} />
        ) : null}
      </header>
      <div className="px-3 pb-2">
        <Input
          size="small"
          aria-label={t('chat.filter')}
          placeholder={t('chat.filter')}
          value={filter}
          onChange={({ target }) => onFilter(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter !== '') {
              event.preventDefault()
              onFilter('')
            }
          }}
        />
      </div>
      <nav aria-label={t('chat.list')} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <RemindersLine onOpen={onReminders} />
        {pending ? <Skeleton className="m-2 h-32" /> : null}
        {pending
          ? null
          : sections.map(({ name, channels }) => (
              <ListSection
                key={name}
                title={t(`chat.section.${name}`)}
                actions={
                  name === 'channels' ? (
                    <Menu
                      align="end"
                      trigger={<IconButton icon={Plus} size="small" label={t('chat.add_channel')} />}
                    >
                      <MenuItem onSelect={() => onAsk('browse')}>{t('chat.browse.open')}</MenuItem>
                      {mayWrite ? (
                        <MenuItem onSelect={() => onAsk('channel')}>{t('chat.new_channel.open')}</MenuItem>
                      ) : null}
                      <MenuItem onSelect={() => onAsk('archived')}>{t('chat.archive.open')}</MenuItem>
                    </Menu>
                  ) : name === 'direct' && mayWrite ? (
                    <IconButton
                      icon={Plus}
                      size="small"
                      label={t('chat.direct.open')}
                      onClick={() => onAsk('direct')}
                    />
                  ) : null
                }
              >
                {channels.map((channel) => (
                  <li key={channel.id}>
                    <ChannelLine channel={channel} />
                  </li>
                ))}
              </ListSection>
            ))}
        {!pending && sections.length === 0 ? (
          <p className="px-2 py-4 text-13 text-muted">{t('chat.none_found')}</p>
        ) : null}
      </nav>
    </div>
  )
}

/** What one wanted to come back to, and how much of it has come due. */
function RemindersLine({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation()
  const due = (useQuery({ ...remindersQuery, ...useRefetching() }).data ?? []).filter(isDue).length
  return (
    <button
      type="button"
      className="flex min-h-8 w-full items-center gap-2 rounded-base px-2 text-left text-13 text-muted hover:bg-hover pointer-coarse:min-h-11"
      onClick={onOpen}
    >
      <span className="flex size-5 shrink-0 items-center justify-center">
        <AlarmClock className="size-4 text-faint" strokeWidth={1.75} aria-hidden />
      </span>
      <span className="min-w-0 flex-1 truncate">{t('chat.reminders.title')}</span>
      {due > 0 ? (
        <Badge tone="warn">
          <span aria-hidden>{due}</span>
          <span className="sr-only">{t('chat.reminders.count', { count: due })}</span>
        </Badge>
      ) : null}
    </button>
  )
}

function ListSection({
  title,
  actions,
  children,
}: {
  title: string
  actions: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="pt-2">
      <div className="flex min-h-7 items-center justify-between pl-2">
        <h2 id={id} className="text-11 font-semibold text-faint uppercase">
          {title}
        </h2>
        {actions}
      </div>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  )
}

function ChannelLine({ channel }: { channel: ChatChannel }) {
  const { t } = useTranslation()
  const { id, name, me } = channel
  const calls = callsOf(channel)
  const news = isNews(channel)
  const unread = me?.unread_count ?? 0
  const most = 99
  const shown = (count: number) => (count > most ? `${most}+` : String(count))
  return (
    <NavLink
      to={paths.chatChannel(id)}
      className={({ isActive }) =>
        cx(
          'flex min-h-8 items-center gap-2 rounded-base px-2 text-13 pointer-coarse:min-h-11',
          isActive ? 'bg-active text-ink' : 'hover:bg-hover',
          news || calls > 0 ? 'font-semibold text-ink' : me?.muted ? 'text-faint' : 'text-muted',
        )
      }
    >
      <ChannelSign channel={channel} />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {me?.muted ? <BellOff className="size-3.5 shrink-0 text-faint" aria-hidden /> : null}
      {calls > 0 ? (
        <Badge tone="accent" className="bg-accent! text-on-accent!">
          <span aria-hidden>{shown(calls)}</span>
          <span className="sr-only">{t('chat.calls', { count: calls })}</span>
        </Badge>
      ) : news ? (
        <Badge>
          <span aria-hidden>{shown(unread)}</span>
          <span className="sr-only">{t('chat.unread', { count: unread })}</span>
        </Badge>
      ) : null}
    </NavLink>
  )
}
