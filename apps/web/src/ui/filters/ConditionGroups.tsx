import { ListTree } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../IconButton.tsx'
import { Popover } from '../Popover.tsx'
import { GroupEditor } from './GroupEditor.tsx'
import { isGroup, joinOf, membersOf } from './types.ts'
import type { FilterField, FilterGroup, FilterNode } from './types.ts'

type ConditionGroupsProps = {
  fields: readonly FilterField[]
  filters: readonly FilterNode[]
  onChange: (filters: FilterNode[]) => void
}

/** All filters as a tree of groups: for “any of these”, and for groups within groups. */
export function ConditionGroups({ fields, filters, onChange }: ConditionGroupsProps) {
  const { t } = useTranslation()
  return (
    <Popover
      label={t('table.filter.groups')}
      title={t('table.filter.groups')}
      className="w-[34rem] max-w-[calc(100vw-1rem)]"
      trigger={<IconButton icon={ListTree} size="small" label={t('table.filter.groups')} />}
    >
      <GroupEditor
        fields={fields}
        group={outermost(filters)}
        onChange={(group) => onChange(joinOf(group) === 'or' ? [group] : membersOf(group))}
      />
    </Popover>
  )
}

function outermost(filters: readonly FilterNode[]): FilterGroup {
  const [only] = filters
  return filters.length === 1 && only && isGroup(only) && joinOf(only) === 'or' ? only : { and: [...filters] }
}
