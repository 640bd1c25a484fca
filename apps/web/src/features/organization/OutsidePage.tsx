import { queryOptions, useQuery } from '@tanstack/react-query'
import { DoorOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { z } from 'zod'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { logOut, switchOrganization } from '../../app/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Logo } from '../../ui/Logo.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { usePageTitle } from '../../ui/usePageTitle.ts'
import { receivedInvitationsQuery } from './api.ts'
import { CreateOrganizationDialog } from './CreateOrganizationDialog.tsx'
import { ReceivedInvitations } from './ReceivedInvitations.tsx'

const LeftBehind = z.object({ organization: z.string() }).catch({ organization: '' })

/** Asked for itself: what was known of the person before may speak of a membership that is no more. */
const whatIsLeft = queryOptions({
  queryKey: ['outside'],
  queryFn: async () => (await rapport.identity.me()).organizations,
  retry: false,
  gcTime: 0,
})

/** Logged in and in no organization, or just put out of one: what is left to do. */
export function OutsidePage() {
  const { t } = useTranslation()
  const left = LeftBehind.parse(useLocation().state).organization
  const title = left ? t('organization.outside.removed', { name: left }) : t('organization.outside.title')
  usePageTitle(title)
  // What was read in an organization that one is out of is forgotten.
  useEffect(() => queryClient.removeQueries({ type: 'inactive' }), [])
  return (
    <main className="min-h-dvh bg-base">
      <div className="mx-auto flex w-full max-w-md flex-col px-4 pt-[min(12dvh,7rem)] pb-12">
        <Logo className="mb-5 size-8" />
        <h1 className="text-20 font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 mb-6 text-13 text-muted">{t('organization.outside.text')}</p>
        <div className="flex flex-col gap-8">
          <OwnOrganizations />
          <Received />
          <Ways />
        </div>
      </div>
    </main>
  )
}

function OwnOrganizations() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { data: organizations } = useQuery(whatIsLeft)
  if (!organizations) return null
  const enter = (id: string) =>
    switchOrganization(id).catch((error: unknown) =>
      notify.problem(t('common.problem.title'), describe(error)),
    )
  return (
    <section>
      <h2 className="pb-2 text-13 font-semibold">{t('shell.organization.yours')}</h2>
      <ul className="flex flex-col border-t border-line">
        {organizations.map(({ id, name }) => (
          <li key={id} className="border-b border-line">
            <button
              type="button"
              onClick={() => void enter(id)}
              className="flex min-h-11 w-full items-center gap-3 rounded-base px-1 text-left text-13 font-medium hover:bg-hover"
            >
              <Avatar name={name} shape="organization" size={24} decorative />
              <span className="truncate">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Received() {
  const { t } = useTranslation()
  const { data: invitations = [] } = useQuery({ ...receivedInvitationsQuery, retry: false })
  if (invitations.length === 0) return null
  return (
    <section>
      <h2 className="pb-2 text-13 font-semibold">{t('organization.received.title')}</h2>
      <ReceivedInvitations invitations={invitations} />
    </section>
  )
}

function Ways() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [creating, setCreating] = useState(false)
  const leave = () =>
    logOut().catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setCreating(true)}>{t('organization.create.open')}</Button>
      <Button variant="ghost" icon={DoorOpen} onClick={() => void leave()}>
        {t('shell.topbar.log_out')}
      </Button>
      <CreateOrganizationDialog open={creating} onOpenChange={setCreating} />
    </div>
  )
}
