import {
  dashboardWidgets,
  figureNames,
  widgetSizes,
  type Dashboard,
  type DashboardWidget,
  type PlacedWidget,
} from '@rapport/contracts'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { SortableList } from '../../ui/SortableList.tsx'
import { useArrange, useReset } from './api.ts'
import { isSeen } from './widgets.tsx'

type Props = { open: boolean; onOpenChange: (open: boolean) => void; dashboard: Dashboard }

/** Which widgets there are, in which order and how wide: by mouse, finger or keyboard, seen at once behind the sheet. */
export function ArrangeSheet({ open, onOpenChange, dashboard }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const { set, reset } = useChanges()
  const { widgets } = dashboard
  const nameOf = ({ widget }: Pick<PlacedWidget, 'widget'>) => t(`dashboard.widget.${widget}`)
  const missing = dashboardWidgets.filter(
    (widget) => isSeen(me, widget) && !widgets.some((placed) => placed.widget === widget),
  )
  const change = (widget: DashboardWidget, size: PlacedWidget['size']) =>
    set(widgets.map((placed) => (placed.widget === widget ? { widget, size } : placed)))
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t('dashboard.arrange')}
      footer={
        <>
          {dashboard.is_default ? null : (
            <Button variant="ghost" onClick={reset}>
              {t('dashboard.reset')}
            </Button>
          )}
          <Button onClick={() => onOpenChange(false)}>{t('common.action.close')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-4">
        <SortableList
          items={widgets}
          idOf={({ widget }) => widget}
          nameOf={nameOf}
          label={t('dashboard.widgets')}
          className="flex flex-col"
          onMove={(id, to) => set(moved(widgets, id, to))}
        >
          {(placed, handle) => (
            <div className="flex items-center gap-2 border-b border-line py-1.5">
              {handle}
              <span className="min-w-0 flex-1 truncate text-13">{nameOf(placed)}</span>
              <Select
                size="small"
                className="w-28!"
                label={t('dashboard.size_of', { name: nameOf(placed) })}
                value={placed.size}
                options={widgetSizes.map((value) => ({ value, label: t(`dashboard.sizes.${value}`) }))}
                onChange={(size) => change(placed.widget, size)}
              />
              <IconButton
                icon={X}
                size="small"
                label={t('common.action.remove', { name: nameOf(placed) })}
                onClick={() => set(widgets.filter(({ widget }) => widget !== placed.widget))}
              />
            </div>
          )}
        </SortableList>
        {missing.length === 0 ? null : (
          <div>
            <Menu trigger={<Button icon={Plus}>{t('dashboard.add')}</Button>}>
              {missing.map((widget) => (
                <MenuItem
                  key={widget}
                  onSelect={() => set([...widgets, { widget, size: usualSize(widget) }])}
                >
                  {nameOf({ widget })}
                </MenuItem>
              ))}
            </Menu>
          </div>
        )}
      </div>
    </Sheet>
  )
}

const usualSize = (widget: DashboardWidget): PlacedWidget['size'] =>
  figureNames.some((name) => name === widget) ? 'small' : 'medium'

function moved(widgets: readonly PlacedWidget[], id: string, to: number): PlacedWidget[] {
  const one = widgets.find(({ widget }) => widget === id)
  const others = widgets.filter(({ widget }) => widget !== id)
  return one ? others.toSpliced(to, 0, one) : [...widgets]
}

function useChanges() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const arrange = useArrange()
  const back = useReset()
  const tell = { onError: (error: unknown) => notify.problem(t('common.problem.title'), describe(error)) }
  return {
    set: (widgets: PlacedWidget[]) => arrange.mutate(widgets, tell),
    reset: () => back.mutate(undefined, tell),
  }
}
