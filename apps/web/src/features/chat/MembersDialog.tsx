import type { ChatChannel, ChatChannelMember } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { plain } from '../../ui/plain.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { PersonAvatar } from '../presence/PersonAvatar.tsx'
import { membersOfQuery, useInviteTo, useRemoveMember } from './api.ts'
import { usePeople } from './PeoplePicker.tsx'
import { useTell } from './useTell.ts'

/** Fewer are seen at a glance. */
const many = 12

/** Who is in the channel, who comes in, and who is taken out. */
export function MembersDialog({ channel, onClose }: { channel: ChatChannel; onClose: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const query = useQuery(membersOfQuery(channel.id))
  const [typed, setTyped] = useState('')
  const members = query.data ?? []
  const shown = members.filter(({ name }) => plain(name).includes(plain(typed.trim())))
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.members.title')} description={channel.name}>
      <div className="flex flex-col gap-3">
        {channel.can.invite && query.isSuccess ? <Bring channel={channel} members={members} /> : null}
        {members.length > many ? (
          <Input
            aria-label={t('chat.members.find')}
            placeholder={t('chat.members.find')}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        ) : null}
        {query.isPending ? <Skeleton className="h-16 w-full" /> : null}
        {query.isError && !query.data ? (
          <ErrorState title={describe(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        <ul className="flex flex-col" aria-label={t('chat.members.title')}>
          {shown.map((member) => (
            <li key={member.user_id}>
              <MemberRow channel={channel} member={member} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

type BringProps = { channel: ChatChannel; members: readonly ChatChannelMember[] }

function Bring({ channel, members }: BringProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const invite = useInviteTo(channel.id)
  const [chosen, setChosen] = useState<string[]>([])
  const inside = new Set(members.map(({ user_id }) => user_id))
  const outside = usePeople().filter(({ value }) => !inside.has(value))
  if (outside.length === 0) return null
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 flex-1">
        <MultiCombobox
          label={t('chat.members.add')}
          value={chosen}
          onChange={setChosen}
          placeholder={t('chat.members.add')}
          options={outside}
        />
      </div>
      <Button
        variant="primary"
        disabled={chosen.length === 0}
        loading={invite.isPending}
        onClick={() => tell(invite.mutateAsync(chosen).then(() => setChosen([])))}
      >
        {t('chat.members.bring')}
      </Button>
    </div>
  )
}

function MemberRow({ channel, member }: { channel: ChatChannel; member: ChatChannelMember }) {
  const { t } = useTranslation()
  const tell = useTell()
  const me = useMe().user.id
  const remove = useRemoveMember()
  const invite = useInviteTo(channel.id)
  const { user_id, name } = member
  const out = async () => {
    await remove.mutateAsync({ id: channel.id, user_id })
    const told = t('chat.members.removed', { name, channel: channel.name })
    if (channel.can.invite) notify.undo(told, () => tell(invite.mutateAsync([user_id])))
    else notify.success(told)
  }
  return (
    <div className="flex min-h-row items-center gap-2">
      <PersonAvatar user_id={user_id} name={name} size={24} decorative />
      <span className="min-w-0 flex-1 truncate text-13">{name}</span>
      {user_id === me ? <span className="text-12 text-faint">{t('chat.you')}</span> : null}
      {channel.can.remove && user_id !== me ? (
        <IconButton
          icon={UserMinus}
          size="small"
          label={t('chat.members.remove', { name })}
          onClick={() => tell(out())}
        />
      ) : null}
    </div>
  )
}
