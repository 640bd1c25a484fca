import type { View } from '@rapport/contracts'
import { ChevronDown, Layers, ListFilter, Pencil, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuChoices, MenuGroup, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { layoutIcons } from './layoutIcons.ts'
import { allRecords } from './useChosenView.ts'

type ViewMenuProps = {
  /** What the list is called without a view: “All leads”. */
  all: string
  views: readonly View[]
  chosen: View | null
  onChoose: (id: string) => void
  /** Arrangements that are there without having been saved. */
  presets: readonly { label: string; onSelect: () => void }[]
  onNew: (() => void) | undefined
  /** Absent where the caller may not change the chosen one. */
  onEdit: (() => void) | undefined
  onDelete: (() => void) | undefined
}

/** Which view of the list is shown, and the others. */
export function ViewMenu(props: ViewMenuProps) {
  const { all, views, chosen, onChoose, presets, onNew, onEdit, onDelete } = props
  const { t } = useTranslation()
  const name = chosen?.name ?? all
  const own = views.filter(({ visibility }) => visibility === 'private')
  const shared = views.filter(({ visibility }) => visibility !== 'private')
  const value = chosen?.id ?? allRecords
  const choices = (some: readonly View[]) =>
    some.map((view) => ({ value: view.id, label: view.name, icon: layoutIcons[view.layout] }))
  return (
    <Menu
      className="max-h-[70dvh]"
      trigger={
        <Button
          size="small"
          variant="secondary"
          icon={chosen ? layoutIcons[chosen.layout] : Layers}
          aria-label={t('views.current', { name })}
        >
          <span className="max-w-48 truncate">{name}</span>
          <ChevronDown className="size-3.5 text-faint" aria-hidden />
        </Button>
      }
    >
      <MenuChoices
        value={value}
        onChange={onChoose}
        choices={[{ value: allRecords, label: all, icon: Layers }]}
      />
      {presets.length > 0 ? (
        <MenuGroup label={t('views.ready')}>
          {presets.map(({ label, onSelect }) => (
            <MenuItem key={label} icon={ListFilter} onSelect={onSelect}>
              {label}
            </MenuItem>
          ))}
        </MenuGroup>
      ) : null}
      {own.length > 0 ? (
        <MenuGroup label={t('views.own')}>
          <MenuChoices value={value} onChange={onChoose} choices={choices(own)} />
        </MenuGroup>
      ) : null}
      {shared.length > 0 ? (
        <MenuGroup label={t('views.shared')}>
          <MenuChoices value={value} onChange={onChoose} choices={choices(shared)} />
        </MenuGroup>
      ) : null}
      {onNew || onEdit || onDelete ? <MenuSeparator /> : null}
      {onNew ? (
        <MenuItem icon={Plus} onSelect={onNew}>
          {t('views.save_new')}
        </MenuItem>
      ) : null}
      {onEdit ? (
        <MenuItem icon={Pencil} onSelect={onEdit}>
          {t('views.edit')}
        </MenuItem>
      ) : null}
      {onDelete ? (
        <MenuItem icon={Trash2} danger onSelect={onDelete}>
          {t('views.delete', { name })}
        </MenuItem>
      ) : null}
    </Menu>
  )
}
