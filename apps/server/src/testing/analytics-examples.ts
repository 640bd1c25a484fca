/** A valid request for figures that are made of records. */
import { operations, type Goal, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

const example = { metric: 'won_value', period: 'month', starts_on: '2026-01-01', target: 1000 }

export async function setGoal(owner: Caller): Promise<string> {
  const made = await owner.call<Goal>('POST', '/analytics/goals', { body: example })
  if (made.status !== 201) throw new Error(`The example goal could not be made: ${made.text}`)
  return made.body.id
}

export function analyticsExamples(goal_id: string): [Operation, Example][] {
  const { forecast, goals, figures, dashboards } = operations
  const onGoal = { params: { id: goal_id } }
  return [
    [forecast.get, { query: 'from=2026-01&to=2026-06&group_by=owner' }],
    [forecast.changes, { query: 'from=2026-01&to=2026-06&since=2026-01-01T00:00:00Z' }],
    [goals.list, { query: 'from=2026-01-01&to=2026-12-31' }],
    [goals.create, { body: { ...example, metric: 'new_leads' } }],
    [goals.update, { ...onGoal, body: { target: 2000 } }],
    [goals.remove, onGoal],
    [figures.list, { query: 'names=open_pipeline,won_value,new_leads&period=month' }],
    [figures.activity, { query: 'days=7&owner_id=me' }],
    [figures.recent, { query: 'limit=5' }],
    [dashboards.get, {}],
    [dashboards.arrange, { body: { widgets: [{ widget: 'won_value', size: 'small' }] } }],
  ]
}
