import type { ChatChannel } from '@rapport/contracts'
import { Hash, Lock, MessageSquare, UsersRound } from 'lucide-react'
import { useMe } from '../../app/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { PersonAvatar } from '../presence/PersonAvatar.tsx'
import { kindOf } from '../records/kinds.ts'

type Props = { channel: Pick<ChatChannel, 'kind' | 'name' | 'record' | 'people'> }

/** What kind of conversation it is, at a glance. */
export function ChannelSign({ channel: { kind, name, record, people } }: Props) {
  const me = useMe().user.id
  if (kind === 'direct' && people.length <= 2) {
    const other = people.find(({ id }) => id !== me)
    return other ? (
      <PersonAvatar user_id={other.id} name={name} size={20} decorative />
    ) : (
      <Avatar name={name} size={20} decorative />
    )
  }
  const Icon =
    kind === 'public'
      ? Hash
      : kind === 'private'
        ? Lock
        : kind === 'direct'
          ? UsersRound
          : ((record && kindOf(record.object)?.icon) ?? MessageSquare)
  return (
    <span className="flex size-5 shrink-0 items-center justify-center">
      <Icon className="size-4 text-faint" strokeWidth={1.75} aria-hidden />
    </span>
  )
}
