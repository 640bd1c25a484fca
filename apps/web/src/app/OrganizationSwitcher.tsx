import { useQuery } from '@tanstack/react-query'
import { Building2, ChevronsUpDown, MailOpen, Plus, Search, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { receivedInvitationsQuery } from '../features/organization/api.ts'
import { CreateOrganizationDialog } from '../features/organization/CreateOrganizationDialog.tsx'
import { FindOrganizationDialog } from '../features/organization/FindOrganizationDialog.tsx'
import { ReceivedDialog } from '../features/organization/ReceivedDialog.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { cx } from '../ui/cx.ts'
import { Menu, MenuChoices, MenuGroup, MenuItem, MenuSeparator } from '../ui/Menu.tsx'
import { notify } from '../ui/notify.ts'
import { useDescribeProblem } from '../ui/problem.ts'
import { paths } from './paths.ts'
import { switchOrganization, useMay, useMe } from './session.ts'

/** With more than these, the menu shows the first and offers to search. */
const shownAtOnce = 7

type Layer = 'create' | 'find' | 'received' | null

/** Whose data one sees, the way to the others, and the invitations to more. */
export function OrganizationSwitcher({ collapsed = false }: { collapsed?: boolean }) {
  const { t } = useTranslation()
  const { organization } = useMe()
  const [layer, setLayer] = useState<Layer>(null)
  const { data: invitations = [] } = useQuery(receivedInvitationsQuery)
  const close = (open: boolean) => {
    if (!open) setLayer(null)
  }
  const invited = invitations.length > 0
  return (
    <>
      <Menu
        className="w-64"
        trigger={
          <button
            type="button"
            aria-label={t('organization.switcher.menu', { name: organization.name })}
            className={cx(
              'relative flex h-control min-w-0 items-center gap-2 rounded-base px-2 text-left transition-colors hover:bg-hover data-popup-open:bg-hover',
              collapsed ? 'mx-auto' : 'w-full',
            )}
          >
            <Avatar name={organization.name} shape="organization" size={20} decorative />
            {collapsed ? null : (
              <>
                <span className="min-w-0 flex-1 truncate text-13 font-semibold">{organization.name}</span>
                <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
              </>
            )}
            {invited ? (
              <span
                title={t('organization.switcher.invited')}
                className="absolute top-1 left-5.5 size-2 rounded-full bg-accent ring-2 ring-app"
              />
            ) : null}
          </button>
        }
      >
        <Organizations onFind={() => setLayer('find')} />
        <MenuSeparator />
        {invited ? (
          <MenuItem icon={MailOpen} onSelect={() => setLayer('received')}>
            {t('organization.switcher.invitations', { count: invitations.length })}
          </MenuItem>
        ) : null}
        <SettingsItems />
        <MenuItem icon={Plus} onSelect={() => setLayer('create')}>
          {t('organization.create.open')}
        </MenuItem>
      </Menu>
      <CreateOrganizationDialog open={layer === 'create'} onOpenChange={close} />
      <FindOrganizationDialog open={layer === 'find'} onOpenChange={close} />
      <ReceivedDialog open={layer === 'received'} onOpenChange={close} invitations={invitations} />
    </>
  )
}

function Organizations({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation()
  const { organization, organizations } = useMe()
  const describe = useDescribeProblem()
  async function change(id: string) {
    if (id === organization.id) return
    try {
      await switchOrganization(id)
    } catch (error) {
      notify.problem(t('common.problem.title'), describe(error))
    }
  }
  const current = organizations.filter(({ id }) => id === organization.id)
  const others = organizations.filter(({ id }) => id !== organization.id)
  const shown = [...current, ...others].slice(0, shownAtOnce)
  return (
    <MenuGroup label={t('shell.organization.yours')}>
      <MenuChoices
        value={organization.id}
        onChange={(id) => void change(id)}
        choices={shown.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {organizations.length > shown.length ? (
        <MenuItem icon={Search} onSelect={onFind}>
          {t('organization.switcher.find')}
        </MenuItem>
      ) : null}
    </MenuGroup>
  )
}

function SettingsItems() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [settings, members] = [useMay('organization:read'), useMay('members:read')]
  return (
    <>
      {settings ? (
        <MenuItem icon={Building2} onSelect={() => void navigate(paths.organization)}>
          {t('organization.switcher.settings')}
        </MenuItem>
      ) : null}
      {members ? (
        <MenuItem icon={UsersRound} onSelect={() => void navigate(paths.members)}>
          {t('organization.switcher.members')}
        </MenuItem>
      ) : null}
    </>
  )
}
