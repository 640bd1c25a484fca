import type { MemberPresence } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { usePresenceOf } from '../../app/people.ts'
import { Avatar, type AvatarProps } from '../../ui/Avatar.tsx'
import { cx } from '../../ui/cx.ts'

type Look = 'online' | 'away' | 'paused' | 'offline'

const dots: Record<Look, string> = {
  online: 'bg-success',
  away: 'bg-base border-2 border-warn',
  paused: 'bg-danger',
  offline: 'bg-base border-2 border-line-control',
}

const lookOf = ({ state, paused_until }: MemberPresence): Look =>
  state !== 'offline' && paused_until !== null ? 'paused' : state

/** Somebody's face, and whether they are here; said in words, too. */
export function PersonAvatar({ user_id, ...avatar }: AvatarProps & { user_id: string }) {
  const { t } = useTranslation()
  const presence = usePresenceOf(user_id)
  const look = presence && lookOf(presence)
  return (
    <span className="relative inline-flex shrink-0">
      <Avatar {...avatar} />
      {look ? (
        <>
          <span
            aria-hidden
            className={cx(
              'absolute -right-0.5 -bottom-0.5 rounded-full ring-2 ring-base',
              (avatar.size ?? 24) > 24 ? 'size-2.5' : 'size-2',
              dots[look],
            )}
          />
          <span className="sr-only">{t(`presence.state.${look}`)}</span>
        </>
      ) : null}
    </span>
  )
}
