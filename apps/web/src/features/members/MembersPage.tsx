import { useQuery } from '@tanstack/react-query'
import { Search, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Input } from '../../ui/Input.tsx'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { everybodyQuery } from './api.ts'
import { InvitationList } from './InvitationList.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberRow } from './MemberRow.tsx'

/** From this many on, one looks for a name instead of reading the list. */
const manyMembers = 8

export function MembersPage() {
  const { t } = useTranslation()
  const mayManage = useMay('members:manage')
  const [inviting, setInviting] = useState(false)
  return (
    <Page
      title={t('members.title')}
      actions={
        mayManage ? (
          <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
            {t('members.invite.open')}
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-8">
        {mayManage ? <InvitationList /> : null}
        <MemberList />
      </div>
      {mayManage ? <InviteDialog open={inviting} onOpenChange={setInviting} /> : null}
    </Page>
  )
}

function MemberList() {
  const { t } = useTranslation()
  const { organization } = useMe()
  const { data: members } = useQuery(everybodyQuery)
  const [query, setQuery] = useState('')
  const [withDeactivated, setWithDeactivated] = useState(false)
  if (!members) return <SkeletonRows rows={4} label={t('common.state.loading')} />

  const active = members.filter((member) => member.deactivated_at === null)
  const anyDeactivated = active.length < members.length
  const wanted = query.trim().toLocaleLowerCase()
  const shown = (withDeactivated ? members : active).filter(({ full_name, email }) =>
    `${full_name} ${email}`.toLocaleLowerCase().includes(wanted),
  )
  return (
    <section
      className="flex flex-col gap-2"
      aria-label={t('members.list', { organization: organization.name })}
    >
      <div className="flex min-h-control flex-wrap items-center gap-3">
        <h2 className="text-13 font-semibold">{t('members.count', { count: active.length })}</h2>
        {anyDeactivated ? (
          <Switch checked={withDeactivated} onChange={setWithDeactivated} className="text-12 text-muted">
            {t('members.show_deactivated')}
          </Switch>
        ) : null}
        {members.length >= manyMembers ? (
          <Input
            type="search"
            icon={Search}
            aria-label={t('members.search')}
            placeholder={t('members.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="ml-auto max-w-56"
          />
        ) : null}
      </div>
      {shown.length === 0 ? (
        <p className="py-6 text-center text-13 text-muted">{t('members.nobody_found', { query })}</p>
      ) : (
        <ul className="flex flex-col border-t border-line">
          {shown.map((member) => (
            <MemberRow key={member.user_id} member={member} />
          ))}
        </ul>
      )}
    </section>
  )
}
