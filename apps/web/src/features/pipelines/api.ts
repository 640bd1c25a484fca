import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { BodyInput, Operations, Pipeline, Stage } from '@rapport/contracts'
import { useMemo } from 'react'
import { queryClient, readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'

export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: async () => (await rapport.pipelines.list()).items,
  staleTime: 5 * 60_000,
})

export const lostReasonsQuery = queryOptions({
  queryKey: ['pipelines', 'lost-reasons'],
  queryFn: async () => (await rapport.lostReasons.get()).reasons,
  staleTime: 5 * 60_000,
})

const none: Pipeline[] = []

/** None for whoever may see none: asking all the same would be a refusal in the audit log. */
export function usePipelines(): Pipeline[] {
  const may = useMay('pipelines:read')
  return useQuery({ ...pipelinesQuery, enabled: may }).data ?? none
}

export function defaultPipeline(pipelines: readonly Pipeline[]): Pipeline | undefined {
  return pipelines.find((pipeline) => pipeline.is_default) ?? pipelines[0]
}

/** Looks a stage up in all pipelines. */
export function useStage(): (id: string) => Stage | undefined {
  const pipelines = usePipelines()
  return useMemo(() => {
    const byId = new Map(pipelines.flatMap((pipeline) => pipeline.stages).map((stage) => [stage.id, stage]))
    return (id) => byId.get(id)
  }, [pipelines])
}

type Body<Name extends keyof Operations['pipelines']> = BodyInput<Operations['pipelines'][Name]>

/** Pipelines are few and change rarely: after each change they are read again, boards with them. */
const refresh = () => readAgain(['pipelines'], ['board'])

export const useSetLostReasons = () =>
  useMutation({
    mutationFn: (reasons: string[]) => rapport.lostReasons.set({ body: { reasons } }),
    // Shown as it will be; what the server makes of it follows.
    async onMutate(reasons) {
      await queryClient.cancelQueries({ queryKey: lostReasonsQuery.queryKey })
      queryClient.setQueryData(lostReasonsQuery.queryKey, reasons)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: lostReasonsQuery.queryKey }),
  })

export const useCreatePipeline = () =>
  useMutation({
    mutationFn: (body: Body<'create'>) => rapport.pipelines.create({ body }),
    onSettled: refresh,
  })

export const useUpdatePipeline = () =>
  useMutation({
    mutationFn: ({ id, ...body }: Body<'update'> & { id: string }) =>
      rapport.pipelines.update({ params: { id }, body }),
    onSettled: refresh,
  })

export const useRemovePipeline = () =>
  useMutation({
    mutationFn: ({ id, move_to }: { id: string; move_to?: string }) =>
      rapport.pipelines.remove({ params: { id }, query: move_to ? { move_to } : {} }),
    onSettled: refresh,
  })

export const useAddStage = () =>
  useMutation({
    mutationFn: ({ id, ...body }: Body<'addStage'> & { id: string }) =>
      rapport.pipelines.addStage({ params: { id }, body }),
    onSettled: refresh,
  })

export const useUpdateStage = () =>
  useMutation({
    mutationFn: ({ id, stage_id, ...body }: Body<'updateStage'> & { id: string; stage_id: string }) =>
      rapport.pipelines.updateStage({ params: { id, stage_id }, body }),
    onSettled: refresh,
  })

export const useRemoveStage = () =>
  useMutation({
    mutationFn: ({ id, stage_id, move_to }: { id: string; stage_id: string; move_to?: string }) =>
      rapport.pipelines.removeStage({ params: { id, stage_id }, query: move_to ? { move_to } : {} }),
    onSettled: refresh,
  })
