import { conflict, forbidden, invalidField, notFound } from '../../platform/problems.ts'

export const goalNotFound = (id: string) => notFound('goal', id)
export const outOfReach = () =>
  forbidden('goal_out_of_reach', 'Your role does not see all that would count for this goal.')
export const goalExists = () =>
  conflict('goal_exists', 'There is a goal of this metric and period already; change that one.')
export const tooManyGoals = (most: number) =>
  conflict('too_many_goals', `An organization can have ${most} goals of one period.`)
export const staleGoal = (current: unknown) =>
  conflict('version_conflict', 'The goal was changed by somebody else since you read it.', {
    current,
    conflicts: ['target'],
  })
export const notAMember = () =>
  invalidField('user_id', 'not_a_member', 'must be an active member of this organization')
export const teamMissing = () =>
  invalidField('team_id', 'unknown_team', 'must be a team of this organization')
export const notOfMoney = () =>
  invalidField('currency', 'no_currency', 'must be left out of a goal that is not about money')
export const tooPrecise = () => invalidField('target', 'too_precise', 'has more decimals than the currency')
