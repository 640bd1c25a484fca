import { CornerDownRight, Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { cx } from '../cx.ts'
import { IconButton } from '../IconButton.tsx'
import { Select } from '../Select.tsx'
import { ConditionRow } from './ConditionRow.tsx'
import { groupOf, isCondition, isGroup, joinOf, membersOf, operatorsOf } from './types.ts'
import type { FilterField, FilterGroup, FilterNode } from './types.ts'

type GroupEditorProps = {
  fields: readonly FilterField[]
  group: FilterGroup
  onChange: (group: FilterGroup) => void
  /** Absent for the outermost. */
  onRemove?: () => void
  depth?: number
}

/** As deep as one can still see what belongs to what. */
const deepest = 2

/** Conditions and further groups, of which all or any must be met. */
export function GroupEditor({ fields, group, onChange, onRemove, depth = 0 }: GroupEditorProps) {
  const { t } = useTranslation()
  const join = joinOf(group)
  const members = membersOf(group)
  const put = (next: FilterNode[]) => onChange(groupOf(join, next))
  const replace = (place: number, next: FilterNode) =>
    put(members.map((each, other) => (other === place ? next : each)))
  const remove = (place: number) => put(members.filter((_, other) => other !== place))
  const [first] = fields
  const blank = (): FilterNode[] => (first ? [{ field: first.id, op: operatorsOf(first.type)[0] }] : [])
  const joins = (['and', 'or'] as const).map((value) => ({ value, label: t(`table.filter.join.${value}`) }))

  return (
    <fieldset
      className={cx(
        'flex min-w-0 flex-1 flex-col gap-2',
        depth > 0 && 'rounded-base border border-line bg-sunken p-2',
      )}
    >
      <legend className="sr-only">{t('table.filter.group')}</legend>
      <div className="flex items-center gap-2 text-12 text-muted">
        <Select
          size="small"
          className="w-auto!"
          label={t('table.filter.join_label')}
          value={join}
          onChange={(next) => onChange(groupOf(next, members))}
          options={joins}
        />
        {t('table.filter.join_after')}
        {onRemove ? (
          <IconButton
            icon={X}
            size="small"
            className="ml-auto"
            label={t('common.action.remove', { name: t('table.filter.group') })}
            onClick={onRemove}
          />
        ) : null}
      </div>
      {members.length > 0 ? (
        <ul className="flex flex-col gap-2">
          {members.map((member, place) => (
            <li key={place} className="flex items-start gap-1.5">
              <CornerDownRight className="mt-1.5 size-3.5 shrink-0 text-faint" aria-hidden />
              {isGroup(member) ? (
                <GroupEditor
                  fields={fields}
                  group={member}
                  depth={depth + 1}
                  onChange={(next) => replace(place, next)}
                  onRemove={() => remove(place)}
                />
              ) : isCondition(member) ? (
                <ConditionRow
                  fields={fields}
                  condition={member}
                  onChange={(next) => replace(place, next)}
                  onRemove={() => remove(place)}
                />
              ) : (
                <OtherRow onRemove={() => remove(place)} />
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex flex-wrap gap-1">
        <Button size="small" variant="ghost" icon={Plus} onClick={() => put([...members, ...blank()])}>
          {t('table.filter.add_condition')}
        </Button>
        {depth < deepest ? (
          <Button
            size="small"
            variant="ghost"
            icon={Plus}
            onClick={() => put([...members, groupOf(join === 'and' ? 'or' : 'and', blank())])}
          >
            {t('table.filter.add_group')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  )
}

/** What was set by a program and has no words here: it works, and it can be taken away. */
function OtherRow({ onRemove }: { onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2 text-12 text-muted">
      <span>{t('table.filter.other')}</span>
      <IconButton
        icon={X}
        size="small"
        className="ml-auto"
        label={t('common.action.remove', { name: t('table.filter.other') })}
        onClick={onRemove}
      />
    </div>
  )
}
