import type { Absence, AssignmentRule, BodyInput, Operations } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

export const assignmentKeys = {
  rules: ['assignment', 'rules'],
  absences: ['assignment', 'absences'],
} as const

export const rulesQuery = queryOptions({
  queryKey: assignmentKeys.rules,
  queryFn: async ({ signal }) => (await rapport.assignment.list({ signal })).items,
})

export const absencesQuery = queryOptions({
  queryKey: assignmentKeys.absences,
  queryFn: async ({ signal }) => (await rapport.assignment.absences({ signal })).items,
})

type Body<Name extends keyof Operations['assignment']> = BodyInput<Operations['assignment'][Name]>
export type RuleDraft = Body<'create'>

const readAgain = (queryKey: readonly string[]) => () => queryClient.invalidateQueries({ queryKey })

export const useSaveRule = () =>
  useMutation({
    mutationFn: ({ id, key, draft }: { id: string | null; key: string; draft: RuleDraft }) => {
      const { object: _, ...change } = draft
      return id === null
        ? rapport.assignment.create({ body: draft, idempotencyKey: key })
        : rapport.assignment.update({ params: { id }, body: change })
    },
    onSettled: readAgain(assignmentKeys.rules),
  })

/** Switched or moved at once; a refusal puts it back. */
export const useChangeRule = () =>
  useMutation({
    mutationFn: ({ id, ...body }: Body<'update'> & { id: string }) =>
      rapport.assignment.update({ params: { id }, body }),
    onMutate: async ({ id, enabled, position }) => {
      await queryClient.cancelQueries({ queryKey: assignmentKeys.rules })
      const before = queryClient.getQueryData(rulesQuery.queryKey)
      if (before) queryClient.setQueryData(rulesQuery.queryKey, shown(before, id, { enabled, position }))
      return { before }
    },
    onError: (_error, _change, kept) => {
      if (kept?.before) queryClient.setQueryData(rulesQuery.queryKey, kept.before)
    },
    onSettled: readAgain(assignmentKeys.rules),
  })

type Wish = { enabled?: boolean | undefined; position?: number | undefined }

function shown(rules: AssignmentRule[], id: string, { enabled, position }: Wish): AssignmentRule[] {
  const rule = rules.find((one) => one.id === id)
  if (!rule) return rules
  const changed = enabled === undefined ? rule : { ...rule, enabled }
  if (position === undefined) return rules.map((one) => (one.id === id ? changed : one))
  const own = rules.filter((one) => one.object === rule.object && one.id !== id)
  const others = rules.filter((one) => one.object !== rule.object)
  return [...others, ...own.toSpliced(position, 0, changed)]
}

export const useRemoveRule = () =>
  useMutation({
    mutationFn: (id: string) => rapport.assignment.remove({ params: { id } }),
    onSettled: readAgain(assignmentKeys.rules),
  })

export const usePreview = () =>
  useMutation({ mutationFn: (body: Body<'preview'>) => rapport.assignment.preview({ body }) })

export const useSetAbsence = () =>
  useMutation({
    mutationFn: ({ user_id, ...body }: Absence & { user_id: string }) =>
      rapport.assignment.setAbsence({ params: { user_id }, body }),
    onSettled: readAgain(assignmentKeys.absences),
  })

export const useEndAbsence = () =>
  useMutation({
    mutationFn: (user_id: string) => rapport.assignment.endAbsence({ params: { user_id } }),
    onSettled: readAgain(assignmentKeys.absences),
  })
