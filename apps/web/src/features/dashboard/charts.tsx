import { daysOfMonth, loggableActivityTypes, type Filter } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { StackedBars } from '../../ui/charts/StackedBars.tsx'
import { LyingBars } from '../../ui/charts/LyingBars.tsx'
import { useFormat } from '../../ui/format.ts'
import { toHue, type Hue } from '../../ui/hue.ts'
import { forecastQuery } from '../forecast/api.ts'
import { movedBy, periodOf } from '../forecast/period.ts'
import { useMe } from '../../app/session.ts'
import { useNow } from '../follow-ups/useNow.ts'
import { useStage } from '../pipelines/api.ts'
import { activityQuery, groupsQuery } from './api.ts'
import { ChartWidget } from './Widget.tsx'
import type { WidgetProps } from './widgets.tsx'

const listOf = (path: string, filters: readonly Filter[]) =>
  `${path}?filter=${encodeURIComponent(JSON.stringify(filters))}`

const ofWhom = (whose: WidgetProps['whose']): Filter[] =>
  whose === undefined ? [] : [{ field: 'owner_id', op: 'eq', value: whose }]

/** Open deals, stage by stage as their boards have them, in the currency of the organization. */
export function PipelineByStage({ whose }: WidgetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { organization } = useMe()
  const stageOf = useStage()
  const filters: Filter[] = [
    { field: 'status', op: 'eq', value: 'open' },
    { field: 'currency', op: 'eq', value: organization.currency },
    ...ofWhom(whose),
  ]
  const found = useQuery(groupsQuery({ object: 'deals', group_by: 'stage_id', filter: { and: filters } }))
  const stages = (found.data?.items ?? []).map(({ value, name, count, sums }) => ({
    key: value ?? 'none',
    name: name ?? '–',
    hue: toHue(stageOf(value ?? '')?.color ?? 'slate'),
    value: sums[0]?.value ?? 0,
    count,
    to: listOf(paths.deals, [...filters, { field: 'stage_id', op: 'eq', value }]),
  }))
  const write = (value: number) => format.money(value, organization.currency)
  return (
    <ChartWidget
      title={t('dashboard.widget.pipeline_by_stage')}
      found={found}
      table={() => ({
        head: [t('records.field.stage_id'), t('shell.nav.deals'), t('records.field.value')],
        rows: stages.map(({ name, count, value }) => [name, format.number(count), write(value)]),
      })}
    >
      {() => (
        <LyingBars
          empty={t('dashboard.nothing')}
          bars={stages.map((stage) => ({
            ...stage,
            label: (
              <Link to={stage.to} className="rounded-small hover:underline">
                {stage.name}
              </Link>
            ),
            text: format.moneyShort(stage.value, organization.currency),
          }))}
        />
      )}
    </ChartWidget>
  )
}

/** What was won in each of the last six months, against the goal. */
export function WonByMonth({ whose }: WidgetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { organization } = useMe()
  const today = useToday()
  const last = periodOf(today.slice(0, 7), '1')
  const { from } = movedBy(last, '1', -5)
  const found = useQuery(
    forecastQuery({
      from,
      to: last.to,
      group_by: 'none',
      ...(whose === undefined ? {} : { owner_id: whose }),
    }),
  )
  const row = found.data?.totals.find(({ currency }) => currency === organization.currency)
  const months = (found.data?.months ?? []).map((month, index) => ({
    month,
    won: row?.months[index]?.won ?? { count: 0, value: 0 },
    goal: row?.months[index]?.goal ?? null,
  }))
  const write = (value: number) => format.money(value, organization.currency)
  return (
    <ChartWidget
      title={t('dashboard.widget.won_by_month')}
      found={found}
      table={() => ({
        head: [
          t('forecast.groups.none'),
          t('shell.nav.deals'),
          t('forecast.measure.won'),
          t('forecast.measure.goal'),
        ],
        rows: months.map(({ month, won, goal }) => [
          format.month(month),
          format.number(won.count),
          write(won.value),
          goal === null ? '–' : write(goal),
        ]),
      })}
    >
      {() => (
        <StackedBars
          className="h-48"
          label={t('dashboard.widget.won_by_month')}
          series={[{ name: t('forecast.measure.won'), hue: 'green' }]}
          markName={t('forecast.measure.goal')}
          write={(value) => format.moneyShort(value, organization.currency)}
          bars={months.map(({ month, won, goal }) => ({
            key: month,
            label: format.monthShort(month),
            values: [won.value],
            mark: goal,
          }))}
        />
      )}
    </ChartWidget>
  )
}

const mostSources = 6

/** Leads of the span by where they come from; the rarer ones together. */
export function LeadsBySource({ period, whose }: WidgetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const { from, to } = periodOf(
    today.slice(0, 7),
    period === 'year' ? '12' : period === 'quarter' ? '3' : '1',
  )
  const filters: Filter[] = [
    { field: 'created_at', op: 'between', value: [`${from}-01`, daysOfMonth(to)[1]] },
    ...ofWhom(whose),
  ]
  const found = useQuery(groupsQuery({ object: 'leads', group_by: 'source', filter: { and: filters } }))
  const all = found.data?.items ?? []
  const rest = all.slice(mostSources).reduce((sum, { count }) => sum + count, found.data?.others?.count ?? 0)
  const sources = all.slice(0, mostSources).map(({ value, count }) => ({
    key: value ?? 'none',
    name: value ?? t('dashboard.no_source'),
    count,
    to: listOf(paths.leads, [
      ...filters,
      value === null ? { field: 'source', op: 'is_empty' } : { field: 'source', op: 'eq', value },
    ]),
  }))
  return (
    <ChartWidget
      title={t('dashboard.widget.leads_by_source')}
      found={found}
      table={() => ({
        head: [t('records.field.source'), t('shell.nav.leads')],
        rows: [
          ...sources.map(({ name, count }) => [name, format.number(count)]),
          ...(rest > 0 ? [[t('dashboard.others'), format.number(rest)]] : []),
        ],
      })}
    >
      {() => (
        <LyingBars
          empty={t('dashboard.nothing')}
          bars={[
            ...sources.map(({ key, name, count, to: address }) => ({
              key,
              hue: 'blue' as const,
              value: count,
              label: (
                <Link to={address} className="rounded-small hover:underline">
                  {name}
                </Link>
              ),
              text: format.number(count),
            })),
            ...(rest > 0
              ? [
                  {
                    key: 'others',
                    hue: 'slate' as const,
                    value: rest,
                    label: t('dashboard.others'),
                    text: format.number(rest),
                  },
                ]
              : []),
          ]}
        />
      )}
    </ChartWidget>
  )
}

const hues: Record<(typeof loggableActivityTypes)[number], Hue> = {
  call: 'green',
  message: 'teal',
  email: 'blue',
  meeting: 'violet',
  note: 'slate',
}

/** What was logged on each of the last two weeks' days. */
export function ActivityByDay({ whose }: WidgetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const found = useQuery(activityQuery(whose))
  const days = found.data ?? []
  const nameOf = (type: keyof typeof hues) => t(`dashboard.activity.${type}`)
  const types = loggableActivityTypes
  return (
    <ChartWidget
      title={t('dashboard.widget.activity_by_day')}
      found={found}
      table={() => ({
        head: [t('dashboard.day'), ...types.map(nameOf)],
        rows: days.map(({ day, counts }) => [
          format.plainDay(day),
          ...types.map((type) => format.number(counts[type] ?? 0)),
        ]),
      })}
    >
      {() => (
        <StackedBars
          className="h-48"
          label={t('dashboard.widget.activity_by_day')}
          series={types.map((type) => ({ name: nameOf(type), hue: hues[type] }))}
          write={format.number}
          whole
          bars={days.map(({ day, counts }) => ({
            key: day,
            label: format.weekday(day),
            values: types.map((type) => counts[type] ?? 0),
          }))}
        />
      )}
    </ChartWidget>
  )
}

function useToday(): string {
  const format = useFormat()
  const now = useNow()
  return format.day(now.toISOString())
}
