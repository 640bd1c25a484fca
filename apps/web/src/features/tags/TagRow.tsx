import { colors, type Color, type Tag } from '@rapport/contracts'
import { Ellipsis, Merge, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { Select } from '../../ui/Select.tsx'
import { StagePill } from '../../ui/StagePill.tsx'
import { CommitInput } from '../pipelines/CommitInput.tsx'
import { useUpdateTag } from './api.ts'
import { useTellTagProblem } from './useTellTagProblem.ts'

type Props = {
  tag: Tag
  /** How many records carry it, where that is known. */
  records: number | undefined
  readOnly: boolean
  onMerge: (() => void) | undefined
  onDelete: () => void
}

/** A tag, renamed and recoloured where it stands. */
export function TagRow({ tag, records, readOnly, onMerge, onDelete }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useTellTagProblem()
  const update = useUpdateTag()
  const change = (fields: { name?: string; color?: Color }) =>
    update.mutateAsync({ id: tag.id, version: tag.version, ...fields }, tell)
  if (readOnly)
    return (
      <li className="flex min-h-11 items-center border-b border-line">
        <StagePill hue={tag.color}>{tag.name}</StagePill>
      </li>
    )
  return (
    <li className="grid grid-cols-[7.5rem_minmax(0,1fr)_auto] items-center gap-2 border-b border-line py-1.5 sm:grid-cols-[8rem_minmax(8rem,20rem)_1fr_auto]">
      <ColorSelect
        label={t('tags.color_of', { name: tag.name })}
        value={tag.color}
        onChange={(color) => void change({ color }).catch(() => undefined)}
      />
      <CommitInput
        label={t('tags.name_of', { name: tag.name })}
        value={tag.name}
        readOnly={false}
        onCommit={(name) => change({ name })}
      />
      <span className="order-last col-span-2 text-12 text-muted tabular-nums sm:order-none sm:col-span-1 sm:pl-2">
        {records === undefined
          ? null
          : t('tags.records', { count: records, formatted: format.number(records) })}
      </span>
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('tags.actions_for', { name: tag.name })} />}
      >
        {onMerge ? (
          <MenuItem icon={Merge} onSelect={onMerge}>
            {t('tags.merge.open')}
          </MenuItem>
        ) : null}
        <MenuItem icon={Trash2} danger onSelect={onDelete}>
          {t('tags.delete.open')}
        </MenuItem>
      </Menu>
    </li>
  )
}

type ColorProps = { label: string; value: Color; onChange: (color: Color) => void }

export function ColorSelect({ label, value, onChange }: ColorProps) {
  const { t } = useTranslation()
  return (
    <Select<Color>
      size="small"
      label={label}
      value={value}
      options={colors.map((color) => ({ value: color, label: t(`pipelines.colors.${color}`), hue: color }))}
      onChange={onChange}
    />
  )
}
