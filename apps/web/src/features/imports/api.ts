import type { Import, ImportUpload } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { forgetPlan, type Plan } from './plan.ts'

export const importKeys = {
  all: ['imports'] as const,
  list: ['imports', 'list'] as const,
  record: (id: string) => ['imports', 'record', id] as const,
}

/** Where events do not come through, what moves is asked for. */
const pollMs = 2_500

export const isMoving = (state: Import['state']) => state === 'running' || state === 'validating'

export const importsQuery = queryOptions({
  queryKey: importKeys.list,
  queryFn: async ({ signal }) => (await rapport.imports.list({ signal })).items,
  refetchInterval: (query) => (query.state.data?.some(({ state }) => isMoving(state)) ? pollMs : false),
})

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: importKeys.record(id),
    queryFn: ({ signal }) => rapport.imports.get({ params: { id }, signal }),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data.state) ? pollMs : false),
  })

/** Kept per plan, so that going back and forth loses no check and a changed plan shows no outdated one. */
export const checkQuery = (id: string, plan: Plan) =>
  queryOptions({
    queryKey: ['import-checks', id, plan],
    queryFn: ({ signal }) => rapport.imports.validate({ params: { id }, body: plan, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: false,
  })

/** Puts what is known of an import into all that shows it. An answer that was overtaken by events is left out. */
export function patchImport(id: string, change: Partial<Import>): void {
  const apply = <Known extends Import>(known: Known): Known =>
    change.done !== undefined && change.done < known.done ? known : { ...known, ...change }
  queryClient.setQueryData<ImportUpload>(importKeys.record(id), (known) => known && apply(known))
  queryClient.setQueryData<Import[]>(importKeys.list, (list) =>
    list?.map((known) => (known.id === id ? apply(known) : known)),
  )
}

/** After a refusal the import is not what we thought: it is read again. */
const readAgain = () => void queryClient.invalidateQueries({ queryKey: importKeys.all })

export const useStartImport = (id: string) =>
  useMutation({
    mutationFn: (body: Plan) => rapport.imports.start({ params: { id }, body }),
    onSuccess: (started) => {
      forgetPlan(id)
      patchImport(id, started)
    },
    onError: readAgain,
  })

type Steered = (asked: { params: { id: string } }) => Promise<Import>

/** A step that moves the state of an import: what it answers is shown at once. */
const useSteered = (id: string, steer: Steered) =>
  useMutation({
    mutationFn: () => steer({ params: { id } }),
    onSuccess: (moved) => patchImport(id, moved),
    onError: readAgain,
  })
export const usePauseImport = (id: string) => useSteered(id, rapport.imports.pause)
export const useResumeImport = (id: string) => useSteered(id, rapport.imports.resume)
export const useUndoImport = (id: string) => useSteered(id, rapport.imports.undo)

/** Records that an undo left as they are. */
export const keptQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'kept', id],
    queryFn: async ({ signal }) => (await rapport.imports.kept({ params: { id }, signal })).items,
  })

export const useCancelImport = (id: string) =>
  useMutation({
    mutationFn: () => rapport.imports.cancel({ params: { id } }),
    onSuccess: (cancelled) => patchImport(id, cancelled),
    onError: readAgain,
  })
