import type { Team } from '@rapport/contracts'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { useMemberName } from '../members/api.ts'

const mostFaces = 6

type Props = { team: Team; readOnly: boolean; onEdit: () => void; onDelete: () => void }

export function TeamRow({ team, readOnly, onEdit, onDelete }: Props) {
  const { t } = useTranslation()
  const nameOf = useMemberName()
  const manager = nameOf(team.manager_id)
  const names = team.member_ids.map((id) => nameOf(id) ?? t('teams.somebody'))
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1">
        {readOnly ? (
          <p className="truncate text-13 font-medium">{team.name}</p>
        ) : (
          <button
            type="button"
            onClick={onEdit}
            className="-mx-1 max-w-full truncate rounded-small px-1 text-left text-13 font-medium hover:bg-hover"
          >
            {team.name}
          </button>
        )}
        <p className="truncate text-12 text-muted">
          {manager ? t('teams.managed_by', { name: manager }) : t('teams.no_manager')}
        </p>
      </div>
      <div className="hidden -space-x-1.5 sm:flex" aria-hidden>
        {names.slice(0, mostFaces).map((name, place) => (
          <Avatar key={team.member_ids[place]} name={name} decorative className="ring-2 ring-base" />
        ))}
      </div>
      <span className="w-24 text-right text-12 whitespace-nowrap text-muted" title={names.join(', ')}>
        {t('teams.members', { count: names.length })}
      </span>
      {readOnly ? null : (
        <Menu
          align="end"
          trigger={<IconButton icon={Ellipsis} label={t('teams.actions_for', { name: team.name })} />}
        >
          <MenuItem icon={Pencil} onSelect={onEdit}>
            {t('teams.edit')}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={onDelete}>
            {t('teams.delete.open')}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}
