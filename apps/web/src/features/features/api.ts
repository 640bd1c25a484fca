import type { Feature, FeatureFlags } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { noticeAccessChange } from '../../app/access.ts'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

export const featuresQuery = queryOptions({
  queryKey: ['features'],
  queryFn: ({ signal }) => rapport.featureFlags.get({ signal }),
})

type Switched = { feature: Feature; on: boolean }

const show = (flags: FeatureFlags) => queryClient.setQueryData(featuresQuery.queryKey, flags)

/** Shows the switch at once; a refusal puts back what was, and the caller says why. */
export const useSwitchFeature = () =>
  useMutation({
    mutationFn: ({ feature, on }: Switched) => rapport.featureFlags.update({ body: { [feature]: on } }),
    onMutate: async ({ feature, on }) => {
      await queryClient.cancelQueries({ queryKey: featuresQuery.queryKey })
      const before = queryClient.getQueryData(featuresQuery.queryKey)
      if (before) show({ ...before, [feature]: on })
      return before
    },
    onError: (_error, _switched, before) => {
      if (before) show(before)
    },
    onSuccess: (flags) => {
      show(flags)
      // Without real time nobody else would tell this page.
      noticeAccessChange()
    },
  })
