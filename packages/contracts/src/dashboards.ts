/** A member's own arrangement of figures, charts and lists. */
import { z } from 'zod'
import { operation } from './operation.ts'
import type { Role } from './permissions.ts'
import { Version } from './shared.ts'

export const figureNames = [
  'open_pipeline',
  'won_value',
  'won_deals',
  'win_rate',
  'days_to_win',
  'new_leads',
  'follow_ups_done',
] as const
export type FigureName = (typeof figureNames)[number]

export const dashboardWidgets = [
  ...figureNames,
  'pipeline_by_stage',
  'won_by_month',
  'leads_by_source',
  'activity_by_day',
  'recent_activity',
  'follow_ups_due',
  'my_goals',
] as const
export type DashboardWidget = (typeof dashboardWidgets)[number]

/** How much of the width of a row a widget takes: a quarter, a half, all of it. */
export const widgetSizes = ['small', 'medium', 'large'] as const

export const PlacedWidget = z.strictObject({ widget: z.enum(dashboardWidgets), size: z.enum(widgetSizes) })
export type PlacedWidget = z.infer<typeof PlacedWidget>

const once = (widgets: readonly PlacedWidget[]) =>
  new Set(widgets.map(({ widget }) => widget)).size === widgets.length
const widgets = z.array(PlacedWidget).max(dashboardWidgets.length).refine(once, 'names a widget twice')

export const Dashboard = z.object({
  /** In the order in which they stand. */
  widgets: z.array(PlacedWidget),
  /** It is as the role has it. */
  is_default: z.boolean(),
  /** Null until it is arranged. */
  version: z.int().nullable(),
})
export type Dashboard = z.infer<typeof Dashboard>

const small = (...names: DashboardWidget[]): PlacedWidget[] =>
  names.map((widget) => ({ widget, size: 'small' }))
const medium = (...names: DashboardWidget[]): PlacedWidget[] =>
  names.map((widget) => ({ widget, size: 'medium' }))

const leading: PlacedWidget[] = [
  ...small('open_pipeline', 'won_value', 'win_rate', 'days_to_win'),
  ...medium(
    'won_by_month',
    'pipeline_by_stage',
    'my_goals',
    'recent_activity',
    'leads_by_source',
    'activity_by_day',
  ),
]
const selling: PlacedWidget[] = [
  ...small('open_pipeline', 'won_value', 'win_rate', 'follow_ups_done'),
  ...medium(
    'follow_ups_due',
    'my_goals',
    'pipeline_by_stage',
    'won_by_month',
    'recent_activity',
    'activity_by_day',
  ),
]
const calling: PlacedWidget[] = [
  ...small('follow_ups_done', 'new_leads'),
  ...medium('follow_ups_due', 'activity_by_day', 'my_goals', 'recent_activity'),
]
const attracting: PlacedWidget[] = [
  ...small('new_leads', 'win_rate', 'won_value', 'open_pipeline'),
  ...medium('leads_by_source', 'won_by_month', 'activity_by_day', 'recent_activity', 'my_goals'),
]

/** What a member begins with. Roles that an organization made begin as those who sell. */
export function defaultWidgets(role: string): PlacedWidget[] {
  const byRole: Partial<Record<Role, PlacedWidget[]>> = {
    owner: leading,
    admin: leading,
    manager: leading,
    production_manager: leading,
    viewer: leading,
    caller: calling,
    lead_generator: calling,
    marketing_manager: attracting,
  }
  return byRole[role as Role] ?? selling
}

export const dashboards = {
  get: operation({
    method: 'GET',
    path: '/analytics/dashboards/mine',
    summary: 'How your dashboard is arranged: by yourself, or as your role begins',
    reply: Dashboard,
  }),
  arrange: operation({
    method: 'PUT',
    path: '/analytics/dashboards/mine',
    problems: [409],
    summary: 'Arrange your dashboard',
    body: z.strictObject({
      widgets: widgets.nullable().describe('Null takes it back to what your role begins with'),
      version: Version.nullish(),
    }),
    reply: Dashboard,
  }),
}
