import type { FollowUp, ProposedFollowUp } from '@rapport/contracts'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useChangeFollowUp, type FollowedRef, type FollowUpWish } from './api.ts'
import { LogDialog } from './LogDialog.tsx'
import { PlanDialog, type Preset } from './PlanDialog.tsx'

type Asking =
  | { what: 'log'; followUp: FollowUp }
  | { what: 'edit'; followUp: FollowUp }
  | { what: 'plan'; record: FollowedRef; preset: Preset; proposed: boolean }

export type FollowUpWork = {
  log: (followUp: FollowUp) => void
  edit: (followUp: FollowUp) => void
  plan: (record: FollowedRef, preset: Preset, proposed?: boolean) => void
  close: (followUp: FollowUp, status: 'done' | 'skipped', outcome?: string | null) => void
  reopen: (followUp: FollowUp) => void
  snooze: (followUp: FollowUp, due_at: string) => void
  /** What is being asked; belongs into the page. */
  dialogs: ReactNode
}

/** What can be done with a follow-up, wherever it is shown: told at once, taken back by `z`, and the next one proposed. */
export function useFollowUpWork(): FollowUpWork {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const change = useChangeFollowUp()
  const [asking, setAsking] = useState<Asking | null>(null)
  const ask = setAsking
  const plan = (record: FollowedRef, preset: Preset, proposed = false) =>
    ask({ what: 'plan', record, preset, proposed })

  const apply = (
    followUp: FollowUp,
    wish: FollowUpWish,
    told: string,
    then?: (next: ProposedFollowUp) => void,
  ) => {
    const back: FollowUpWish = Object.fromEntries(
      (Object.keys(wish) as (keyof FollowUpWish)[]).map((name) => [name, followUp[name]]),
    )
    const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
    const undo = () => change.mutate({ followUp, wish: back }, { onError })
    change.mutate(
      { followUp, wish },
      {
        onError,
        onSuccess: ({ next_proposed }) => {
          notify.undo(told, undo)
          if (next_proposed && then) then(next_proposed)
        },
      },
    )
  }

  const close = (followUp: FollowUp, status: 'done' | 'skipped', outcome?: string | null) =>
    apply(
      followUp,
      { status, ...(outcome === undefined ? {} : { outcome }) },
      t(`followUps.told.${status}`, { number: followUp.number }),
      (next) => plan(followUp.record, next, true),
    )

  return {
    log: (followUp) => ask({ what: 'log', followUp }),
    edit: (followUp) => ask({ what: 'edit', followUp }),
    plan,
    close,
    reopen: (followUp) =>
      apply(followUp, { status: 'open' }, t('followUps.told.reopened', { number: followUp.number })),
    snooze: (followUp, due_at) =>
      apply(followUp, { due_at }, t('followUps.told.moved', { number: followUp.number })),
    dialogs: (
      <>
        {asking?.what === 'log' ? (
          <LogDialog
            followUp={asking.followUp}
            title={t('followUps.log_title', { number: asking.followUp.number })}
            onClose={() => ask(null)}
            onLog={(status, outcome) => close(asking.followUp, status, outcome)}
          />
        ) : null}
        {asking?.what === 'edit' ? (
          <PlanDialog
            record={asking.followUp.record}
            followUp={asking.followUp}
            preset={asking.followUp}
            onClose={() => ask(null)}
          />
        ) : null}
        {asking?.what === 'plan' ? (
          <PlanDialog
            record={asking.record}
            preset={asking.preset}
            proposed={asking.proposed}
            onClose={() => ask(null)}
          />
        ) : null}
      </>
    ),
  }
}
