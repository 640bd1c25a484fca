import type { BodyInput, Goal, Operations } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { forecastKey } from '../forecast/api.ts'

export const goalsKey = 'goals'

/** Those of the period from that day on, and those that are under way. */
export const goalsQuery = (from: string) =>
  queryOptions({
    queryKey: [goalsKey, 'from', from],
    queryFn: async ({ signal }) => (await rapport.goals.list({ query: { from }, signal })).items,
  })

/** Those that are under way. */
export const presentGoalsQuery = queryOptions({
  queryKey: [goalsKey, 'present'],
  queryFn: async ({ signal }) => (await rapport.goals.list({ query: {}, signal })).items,
})

type Body<Name extends keyof Operations['goals']> = BodyInput<Operations['goals'][Name]>

const refresh = () => readAgain([goalsKey], [forecastKey])

export const useCreateGoal = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'create'> }) =>
      rapport.goals.create({ body, idempotencyKey: key }),
    onSettled: refresh,
  })

export const useUpdateGoal = () =>
  useMutation({
    mutationFn: ({ id, version, target }: Pick<Goal, 'id' | 'version' | 'target'>) =>
      rapport.goals.update({ params: { id }, body: { target, version } }),
    onSettled: refresh,
  })

export const useRemoveGoal = () =>
  useMutation({
    mutationFn: ({ id }: Goal) => rapport.goals.remove({ params: { id } }),
    onSettled: refresh,
  })
