import type { LineItem } from '@rapport/contracts'
import { ArrowDown, ArrowUp, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useAddLine, useChangeLine, useRemoveLine } from './api.ts'

type Props = {
  deal_id: string
  line: LineItem
  currency: string
  isLast: boolean
  readOnly: boolean
  onOpen: () => void
}

/** What, how many at which price, and what that makes. */
export function LineRow(props: Props) {
  const { line, currency, readOnly, onOpen } = props
  const { t } = useTranslation()
  const format = useFormat()
  const terms = [
    `${format.number(line.quantity)}${line.unit ? ` ${line.unit}` : ''} × ${format.money(line.unit_price, currency)}`,
    line.discount_percent === 0
      ? null
      : t('deals.lines.discounted', { percent: format.percent(line.discount_percent / 100) }),
    line.tax_percent === 0
      ? null
      : t('deals.lines.taxed', { percent: format.percent(line.tax_percent / 100) }),
  ]
  return (
    <li className="flex items-center gap-2 border-b border-line py-1.5 last:border-b-0">
      <button
        type="button"
        disabled={readOnly}
        onClick={onOpen}
        className="-mx-1 flex min-h-9 min-w-0 flex-1 flex-col justify-center rounded-small px-1 text-left not-disabled:hover:bg-hover"
      >
        <span className="sr-only">{t('deals.lines.edit')}: </span>
        <span className="max-w-full truncate text-13">{line.name}</span>
        <span className="max-w-full truncate text-12 text-muted tabular">
          {terms.filter(Boolean).join(' · ')}
        </span>
      </button>
      <span className="shrink-0 text-13 font-medium tabular">{format.money(line.net, currency)}</span>
      {readOnly ? null : <LineMenu {...props} />}
    </li>
  )
}

function LineMenu({ deal_id, line, isLast, onOpen }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const tell = { onError: (error: unknown) => notify.problem(t('common.problem.title'), describe(error)) }
  const add = useAddLine(deal_id)
  const change = useChangeLine(deal_id)
  const remove = useRemoveLine(deal_id)
  const {
    name,
    position,
    product_id,
    description,
    quantity,
    unit,
    unit_price,
    discount_percent,
    tax_percent,
  } = line
  const again = {
    name,
    position,
    product_id,
    description,
    quantity,
    unit,
    unit_price,
    discount_percent,
    tax_percent,
  }
  const takeOff = () =>
    remove.mutate(line, {
      onSuccess: () => notify.undo(t('deals.lines.removed', { name }), () => add.mutate(again, tell)),
      ...tell,
    })
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={Ellipsis} size="small" label={t('deals.lines.more', { name })} />}
    >
      <MenuItem icon={Pencil} onSelect={onOpen}>
        {t('deals.lines.edit')}
      </MenuItem>
      <MenuItem
        icon={ArrowUp}
        disabled={position === 0}
        onSelect={() => change.mutate({ line_id: line.id, position: position - 1 }, tell)}
      >
        {t('deals.lines.up')}
      </MenuItem>
      <MenuItem
        icon={ArrowDown}
        disabled={isLast}
        onSelect={() => change.mutate({ line_id: line.id, position: position + 1 }, tell)}
      >
        {t('deals.lines.down')}
      </MenuItem>
      <MenuItem icon={Trash2} danger onSelect={takeOff}>
        {t('deals.lines.remove')}
      </MenuItem>
    </Menu>
  )
}
