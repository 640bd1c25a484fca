import type { BodyInput, Operations } from '@rapport/contracts'
import { useMutation } from '@tanstack/react-query'
import { readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

type Body<Name extends keyof Operations['teams']> = BodyInput<Operations['teams'][Name]>

/** Members show the names of their teams. */
const refresh = () => readAgain(['teams'], ['members'])

export const useCreateTeam = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: Body<'create'> }) =>
      rapport.teams.create({ body, idempotencyKey: key }),
    onSettled: refresh,
  })

export const useUpdateTeam = () =>
  useMutation({
    mutationFn: ({ id, body }: { id: string; body: Body<'update'> }) =>
      rapport.teams.update({ params: { id }, body }),
    onSettled: refresh,
  })

export const useRemoveTeam = () =>
  useMutation({
    mutationFn: (id: string) => rapport.teams.remove({ params: { id } }),
    onSettled: refresh,
  })
