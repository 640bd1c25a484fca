import { ChevronsUpDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../ui/Avatar.tsx'
import { cx } from '../ui/cx.ts'
import { Menu, MenuChoices, MenuGroup } from '../ui/Menu.tsx'
import { notify } from '../ui/notify.ts'
import { useDescribeProblem } from '../ui/problem.ts'
import { switchOrganization, useMe } from './session.ts'

/** Whose data one sees. With a single organization there is nothing to switch, so it is just the name. */
export function OrganizationSwitcher({ collapsed = false }: { collapsed?: boolean }) {
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

  const look = (
    <>
      <Avatar name={organization.name} shape="organization" size={20} decorative />
      {collapsed ? null : (
        <span className="min-w-0 flex-1 truncate text-13 font-semibold">{organization.name}</span>
      )}
    </>
  )
  const shape = cx(
    'flex h-control items-center gap-2 rounded-base px-2 text-left',
    collapsed ? 'mx-auto' : 'w-full',
  )
  if (organizations.length < 2) return <div className={shape}>{look}</div>
  return (
    <Menu
      className="w-56"
      trigger={
        <button
          type="button"
          aria-label={`${t('shell.organization.switch')}: ${organization.name}`}
          className={cx(shape, 'transition-colors hover:bg-hover data-popup-open:bg-hover')}
        >
          {look}
          {collapsed ? null : <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />}
        </button>
      }
    >
      <MenuGroup label={t('shell.organization.yours')}>
        <MenuChoices
          value={organization.id}
          onChange={(id) => void change(id)}
          choices={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </MenuGroup>
    </Menu>
  )
}
