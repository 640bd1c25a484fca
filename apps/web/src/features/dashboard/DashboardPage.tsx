import { figureNames, type PlacedWidget } from '@rapport/contracts'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { LayoutDashboard, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../../app/useAddress.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { Select } from '../../ui/Select.tsx'
import { ArrangeSheet } from './ArrangeSheet.tsx'
import { dashboardQuery, figuresQuery, type FiguresPeriod, type Whose } from './api.ts'
import { StatCard } from './StatCard.tsx'
import { isSeen, widgetBodies } from './widgets.tsx'
import { useMe } from '../../app/session.ts'

const periods = ['month', 'quarter', 'year'] as const
const SPANS: Record<PlacedWidget['size'], string> = {
  small: 'sm:col-span-1',
  medium: 'col-span-2',
  large: 'col-span-2 lg:col-span-4',
}

/** How things stand, as each member wants to see it. */
export function DashboardPage() {
  const { t } = useTranslation()
  const me = useMe()
  const [params, change] = useAddress()
  const { data: dashboard } = useSuspenseQuery(dashboardQuery)
  const [arranging, setArranging] = useState(false)
  const period: FiguresPeriod = periods.find((one) => one === params.get('period')) ?? 'month'
  const whose: Whose = params.get('whose') === 'me' ? 'me' : undefined
  const shown = dashboard.widgets.filter(({ widget }) => isSeen(me, widget))
  const set = (name: string, value: string | null) =>
    change((known) => {
      if (value === null) known.delete(name)
      else known.set(name, value)
      return known
    }, true)
  return (
    <Page
      title={t('dashboard.title')}
      layout="fill"
      actions={
        <Button size="small" icon={SlidersHorizontal} onClick={() => setArranging(true)}>
          <span className="max-sm:sr-only">{t('dashboard.arrange')}</span>
        </Button>
      }
      toolbar={
        <>
          <Select
            size="small"
            className="w-auto!"
            label={t('dashboard.whose')}
            value={whose ?? 'all'}
            options={[
              { value: 'all', label: t('dashboard.everybody') },
              { value: 'me', label: t('dashboard.mine') },
            ]}
            onChange={(value) => set('whose', value === 'me' ? value : null)}
          />
          <Select
            size="small"
            className="w-auto!"
            label={t('dashboard.period')}
            value={period}
            options={periods.map((value) => ({ value, label: t(`dashboard.periods.${value}`) }))}
            onChange={(value) => set('period', value === 'month' ? null : value)}
          />
        </>
      }
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-10">
        {shown.length === 0 ? (
          <EmptyState
            icon={LayoutDashboard}
            title={t('dashboard.empty')}
            text={t('dashboard.empty_text')}
            actions={<Button onClick={() => setArranging(true)}>{t('dashboard.arrange')}</Button>}
          />
        ) : (
          <Widgets widgets={shown} period={period} whose={whose} />
        )}
      </div>
      <ArrangeSheet open={arranging} onOpenChange={setArranging} dashboard={dashboard} />
    </Page>
  )
}

type WidgetsProps = { widgets: readonly PlacedWidget[]; period: FiguresPeriod; whose: Whose }

function Widgets({ widgets, period, whose }: WidgetsProps) {
  const names = figureNames.filter((name) => widgets.some(({ widget }) => widget === name))
  const figures = useQuery({ ...figuresQuery(names, period, whose), enabled: names.length > 0 })
  return (
    <ul className="mx-auto -mt-px grid max-w-6xl grid-cols-2 gap-x-6 gap-y-6 lg:grid-cols-4">
      {widgets.map(({ widget, size }) => {
        const figure = figureNames.find((name) => name === widget)
        const Body = widgetBodies[widget]
        return (
          <li key={widget} data-widget={widget} className={cx('min-w-0', SPANS[size])}>
            {figure ? (
              <StatCard
                name={figure}
                period={period}
                figure={figures.data?.find(({ name }) => name === figure)}
                loading={figures.isPending}
                error={figures.error}
              />
            ) : Body ? (
              <Body period={period} whose={whose} />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
