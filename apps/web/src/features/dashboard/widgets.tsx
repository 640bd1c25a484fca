/** Which widgets there are, and who has a use for them. */
import { type DashboardWidget, type Me, type Permission } from '@rapport/contracts'
import type { ReactNode } from 'react'
import { may } from '../../app/session.ts'
import { ActivityByDay, LeadsBySource, PipelineByStage, WonByMonth } from './charts.tsx'
import { FollowUpsDue, MyGoals, RecentActivity } from './lists.tsx'
import type { FiguresPeriod, Whose } from './api.ts'

export type WidgetProps = { period: FiguresPeriod; whose: Whose }

/** Figures are cards; everything else shows itself. */
export const widgetBodies: Partial<Record<DashboardWidget, (props: WidgetProps) => ReactNode>> = {
  pipeline_by_stage: PipelineByStage,
  won_by_month: WonByMonth,
  leads_by_source: LeadsBySource,
  activity_by_day: ActivityByDay,
  recent_activity: RecentActivity,
  follow_ups_due: FollowUpsDue,
  my_goals: MyGoals,
}

const needs: Record<DashboardWidget, readonly Permission[]> = {
  open_pipeline: ['deals:read'],
  won_value: ['deals:read'],
  won_deals: ['deals:read'],
  win_rate: ['deals:read'],
  days_to_win: ['deals:read'],
  new_leads: ['leads:read'],
  follow_ups_done: ['leads:read', 'contacts:read', 'deals:read'],
  pipeline_by_stage: ['deals:read'],
  won_by_month: ['deals:read'],
  leads_by_source: ['leads:read'],
  activity_by_day: ['leads:read', 'contacts:read', 'deals:read'],
  recent_activity: ['leads:read', 'contacts:read', 'deals:read'],
  follow_ups_due: ['leads:read', 'contacts:read', 'deals:read'],
  my_goals: ['goals:read'],
}

/** Any of them is enough. */
export const isSeen = (me: Pick<Me, 'permissions' | 'features'>, widget: DashboardWidget): boolean =>
  needs[widget].some((permission) => may(me, permission))
