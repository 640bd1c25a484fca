import { X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Popover } from '../Popover.tsx'
import { GroupEditor } from './GroupEditor.tsx'
import { isCondition, isGroup, joinOf, membersOf } from './types.ts'
import type { FilterField, FilterNode } from './types.ts'
import { useFilterText } from './useFilterText.ts'

type GroupChipProps = {
  fields: readonly FilterField[]
  node: FilterNode
  onChange: (node: FilterNode) => void
  onRemove: () => void
}

/** A group among the chips: its conditions in words, and the whole of it to change. */
export function GroupChip({ fields, node, onChange, onRemove }: GroupChipProps) {
  const { t } = useTranslation()
  const nameOf = useNodeName(fields)
  const name = nameOf(node)
  const text = <span className="truncate">{name}</span>
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    onRemove()
  }
  return (
    <li className="inline-flex h-control-small max-w-full items-stretch divide-x divide-line overflow-hidden rounded-base border border-line-strong bg-raised text-12">
      {isGroup(node) ? (
        <Popover
          label={t('table.filter.group')}
          className="w-[34rem] max-w-[calc(100vw-1rem)]"
          trigger={
            <button
              type="button"
              data-chip
              onKeyDown={onKeyDown}
              aria-label={`${t('table.filter.group')}: ${name}`}
              className="inline-flex max-w-80 min-w-0 items-center px-2 hover:bg-hover data-popup-open:bg-hover"
            >
              {text}
            </button>
          }
        >
          <GroupEditor fields={fields} group={node} onChange={onChange} />
        </Popover>
      ) : (
        <span className="inline-flex max-w-80 min-w-0 items-center px-2 text-muted">{text}</span>
      )}
      <button
        type="button"
        onClick={onRemove}
        onKeyDown={onKeyDown}
        aria-label={t('common.action.remove', { name: t('table.filter.group') })}
        className="inline-flex w-6 shrink-0 items-center justify-center text-faint hover:bg-hover hover:text-ink"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  )
}

/** “Status is New or City is Lyon” */
function useNodeName(fields: readonly FilterField[]): (node: FilterNode) => string {
  const { t } = useTranslation()
  const { nameOperator, nameValue } = useFilterText()
  const nameOf = (node: FilterNode): string => {
    if (isGroup(node))
      return membersOf(node)
        .map((member) => (isGroup(member) ? `(${nameOf(member)})` : nameOf(member)))
        .join(` ${t(`table.filter.between.${joinOf(node)}`)} `)
    const field = isCondition(node) ? fields.find(({ id }) => id === node.field) : undefined
    if (!field || !isCondition(node)) return t('table.filter.other')
    const value = node.value === undefined && node.op.startsWith('is_') ? '' : nameValue(field, node)
    return `${field.label} ${nameOperator(field, node.op)} ${value}`.trim()
  }
  return nameOf
}
