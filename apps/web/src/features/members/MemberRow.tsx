import type { Member } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePresenceOf } from '../../app/people.ts'
import { useMay, useMe } from '../../app/session.ts'
import { PersonAvatar } from '../presence/PersonAvatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { assignableRolesQuery, useChangeRole } from './api.ts'
import { MemberMenu } from './MemberMenu.tsx'
import { useRoleName } from './roles.ts'
import { useTellMemberProblem } from './useMemberProblem.ts'

export function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation()
  const me = useMe()
  const isMe = member.user_id === me.user.id
  const gone = member.deactivated_at !== null
  const said = usePresenceOf(member.user_id)?.text
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 border-b border-line py-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,11rem)_9rem_4.5rem]">
      <div className={cx('flex min-w-0 items-center gap-3', gone && 'opacity-60')}>
        <PersonAvatar user_id={member.user_id} name={member.full_name} size={32} decorative />
        <div className="min-w-0">
          <p className="flex items-center gap-1.5 text-13 font-medium">
            <span className="truncate">{member.full_name}</span>
            {isMe ? <Badge>{t('members.you')}</Badge> : null}
            {said ? <span className="truncate text-12 font-normal text-muted">{said}</span> : null}
          </p>
          <p className="truncate text-12 text-muted">{member.email}</p>
        </div>
      </div>
      <Presence member={member} />
      <div className="col-start-1 row-start-3 pl-11 sm:col-start-3 sm:row-start-1 sm:pl-0">
        <RolePicker member={member} />
      </div>
      <div className="col-start-2 row-start-1 flex justify-end sm:col-start-4">
        <MemberMenu member={member} />
      </div>
    </li>
  )
}

/** The time is kept to about ten minutes: what is younger than that and a little is now. */
const isNow = (iso: string) => Date.now() - Date.parse(iso) < 15 * 60_000

const later = (one: string | null, other: string | null) =>
  [one, other]
    .filter((time) => time !== null)
    .toSorted()
    .at(-1)

/** Where they belong and when they were here. */
function Presence({ member }: { member: Member }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { deactivated_at, two_factor, teams } = member
  const last_active_at = later(member.last_active_at, usePresenceOf(member.user_id)?.last_seen_at ?? null)
  const seen = deactivated_at
    ? t('members.deactivated_at', { ago: format.ago(deactivated_at) })
    : last_active_at
      ? isNow(last_active_at)
        ? t('members.active_now')
        : t('members.last_active', { ago: format.ago(last_active_at) })
      : t('members.never_active')
  return (
    <div className="col-span-2 flex min-w-0 flex-col gap-0.5 pl-11 text-12 text-muted sm:col-span-1 sm:pl-0">
      <span className="flex items-center gap-1.5">
        {two_factor === null ? null : <Factor on={two_factor} />}
        <span className="truncate">{seen}</span>
      </span>
      {teams.length > 0 ? (
        <span className="truncate">{format.list(teams.map(({ name }) => name))}</span>
      ) : null}
    </div>
  )
}

function Factor({ on }: { on: boolean }) {
  const { t } = useTranslation()
  const Icon = on ? ShieldCheck : ShieldOff
  const label = t(on ? 'members.two_factor_on' : 'members.two_factor_off')
  return (
    <Tooltip label={label}>
      <span className={cx('inline-flex', on ? 'text-success-ink' : 'text-faint')}>
        <Icon className="size-3.5" strokeWidth={1.75} aria-hidden />
        <span className="sr-only">{label}</span>
      </span>
    </Tooltip>
  )
}

function RolePicker({ member }: { member: Member }) {
  const { t } = useTranslation()
  const roleName = useRoleName()
  const { data: roles } = useQuery({ ...assignableRolesQuery, enabled: useMay('members:manage') })
  const change = useChangeRole()
  const tell = useTellMemberProblem()
  const current = { value: member.role, label: roleName(member.role, member.role_name) }
  if (!member.can.change_role || !roles) return <span className="text-13 sm:px-2.5">{current.label}</span>
  const options = roles.map(({ key, name }) => ({ value: key, label: roleName(key, name) }))
  const known = options.some(({ value }) => value === member.role)
  return (
    <Select
      size="small"
      label={t('members.role_of', { name: member.full_name })}
      value={member.role}
      options={known ? options : [{ ...current, disabled: true }, ...options]}
      onChange={(role) => {
        if (role === member.role) return
        const label = options.find(({ value }) => value === role)?.label ?? role
        change.mutate(
          { user_id: member.user_id, role },
          {
            ...tell,
            onSuccess: () =>
              notify.success(t('members.toast.role_changed', { name: member.full_name, role: label })),
          },
        )
      }}
    />
  )
}
