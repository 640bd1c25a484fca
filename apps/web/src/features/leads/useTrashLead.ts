import type { Lead } from '@rapport/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useRemoveLead, useRestoreLead } from './api.ts'

/** Deleting asks nothing, because it can be taken back: by the toast, by `z`, or later from the trash. */
export function useTrashLead() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { mutateAsync: remove } = useRemoveLead()
  const { mutateAsync: bringBack } = useRestoreLead()

  const restore = useCallback(
    async (leads: readonly Lead[]) => {
      const failed = await failures(leads, (lead) => bringBack(lead.id))
      if (failed) notify.problem(t('common.problem.title'), describe(failed))
      else if (leads[0]) notify.success(t('leads.toast.restored', { name: leads[0].full_name }))
    },
    [bringBack, describe, t],
  )

  const trash = useCallback(
    async (leads: readonly Lead[]) => {
      const failed = await failures(leads, (lead) => remove(lead.id))
      if (failed) return notify.problem(t('common.problem.title'), describe(failed))
      const name = leads[0]?.full_name ?? ''
      notify.undo(t('leads.toast.deleted', { count: leads.length, name }), () => void restore(leads))
    },
    [remove, restore, describe, t],
  )

  return { trash, restore }
}

/** Does all, a few at a time; answers the first failure, or null. */
async function failures(leads: readonly Lead[], act: (lead: Lead) => Promise<unknown>): Promise<unknown> {
  let failed: unknown = null
  for (let start = 0; start < leads.length; start += 8) {
    const results = await Promise.allSettled(leads.slice(start, start + 8).map(act))
    failed ??= results.find((result) => result.status === 'rejected')?.reason ?? null
  }
  return failed
}
