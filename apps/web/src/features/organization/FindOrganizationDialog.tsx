import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { switchOrganization, useMe } from '../../app/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

type Props = { open: boolean; onOpenChange: (open: boolean) => void }

export function FindOrganizationDialog({ open, onOpenChange }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="small"
      title={t('organization.switcher.find_title')}
    >
      <OrganizationFinder />
    </Dialog>
  )
}

/** Enter opens the first that is found; Tab goes through them. */
function OrganizationFinder() {
  const { t } = useTranslation()
  const { organizations } = useMe()
  const describe = useDescribeProblem()
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLocaleLowerCase()
  const found = organizations.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  const enter = (id: string) =>
    switchOrganization(id).catch((error: unknown) =>
      notify.problem(t('common.problem.title'), describe(error)),
    )
  return (
    <form
      className="flex flex-col gap-2 pb-2"
      onSubmit={(event) => {
        event.preventDefault()
        const [first] = found
        if (first) void enter(first.id)
      }}
    >
      <Input
        type="search"
        icon={Search}
        aria-label={t('organization.switcher.find_label')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="flex max-h-72 flex-col overflow-y-auto">
        {found.map(({ id, name }) => (
          <li key={id}>
            <button type="button" className="option-row w-full hover:bg-hover" onClick={() => void enter(id)}>
              <Avatar name={name} shape="organization" size={20} decorative />
              <span className="truncate">{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <output className="py-2 text-center text-12 text-muted">{t('common.state.nothing_found')}</output>
      ) : null}
    </form>
  )
}
