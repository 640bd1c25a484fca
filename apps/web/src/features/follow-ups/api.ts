import type {
  DueFollowUp,
  FollowedObject,
  FollowUp,
  FollowUpChannel,
  ProposedFollowUp,
  Today,
} from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { kindOf } from '../records/kinds.ts'
import { followUpKeys } from './keys.ts'

const operations = {
  lead: rapport.leadFollowUps,
  contact: rapport.contactFollowUps,
  deal: rapport.dealFollowUps,
}

export type FollowedRef = { object: FollowedObject; id: string }

export const followUpsQuery = ({ object, id }: FollowedRef) =>
  queryOptions({
    queryKey: followUpKeys.of(object, id),
    queryFn: ({ signal }) => operations[object].list({ params: { id }, signal }),
  })

export const todayQuery = queryOptions({
  queryKey: followUpKeys.today,
  queryFn: ({ signal }) => rapport.today.get({ query: {}, signal }),
})

export const cadenceQuery = queryOptions({
  queryKey: followUpKeys.cadence,
  queryFn: ({ signal }) => rapport.followUps.cadence({ signal }),
})

/** What is on screen of follow-ups, and the timeline that tells of them. */
function readAgain({ object, id }: FollowedRef): void {
  void queryClient.invalidateQueries({ queryKey: followUpKeys.all })
  const kind = kindOf(object)
  if (kind) void queryClient.invalidateQueries({ queryKey: kind.store.keys.timeline(id) })
}

export type Plan = {
  due_at: string
  channel: FollowUpChannel
  note: string | null
  number?: number | undefined
}

export const usePlanFollowUp = () =>
  useMutation({
    mutationFn: ({ record, key, ...body }: Plan & { record: FollowedRef; key: string }) =>
      operations[record.object].create({ params: { id: record.id }, body, idempotencyKey: key }),
    onSettled: (_answer, _error, { record }) => readAgain(record),
  })

export type FollowUpWish = Partial<
  Pick<FollowUp, 'status' | 'outcome' | 'note' | 'due_at' | 'channel' | 'owner_id'>
>
type Change = { followUp: FollowUp; wish: FollowUpWish }
type Answer = { follow_up: FollowUp; next_proposed: ProposedFollowUp | null }

/** Shows at once on the day and beside the record; a refusal puts both back. */
export const useChangeFollowUp = () =>
  useMutation<Answer, Error, Change, { today: Today | undefined }>({
    mutationFn: ({ followUp: { id }, wish }) => rapport.followUps.update({ params: { id }, body: wish }),
    onMutate: async ({ followUp, wish }) => {
      await queryClient.cancelQueries({ queryKey: followUpKeys.all })
      const today = queryClient.getQueryData<Today>(followUpKeys.today)
      if (today) queryClient.setQueryData(followUpKeys.today, changeDay(today, followUp.id, wish))
      return { today }
    },
    onError: (_error, _change, kept) => {
      if (kept?.today) queryClient.setQueryData(followUpKeys.today, kept.today)
    },
    onSettled: (_answer, _error, { followUp }) => readAgain(followUp.record),
  })

const groups = ['overdue', 'due', 'upcoming'] as const

/** What is closed leaves the day; what is moved is put where its new time is by the server's next answer. */
function changeDay(today: Today, id: string, wish: FollowUpWish): Today {
  const leaves = wish.due_at !== undefined || (wish.status !== undefined && wish.status !== 'open')
  const changed = (items: DueFollowUp[]) =>
    leaves
      ? items.filter((one) => one.id !== id)
      : items.map((one) => (one.id === id ? { ...one, ...wish } : one))
  const after = groups.map((name) => {
    const follow_ups = changed(today[name].follow_ups)
    const gone = today[name].follow_ups.length - follow_ups.length
    return [name, { follow_ups, total: today[name].total - gone }] as const
  })
  const done = today.done + (wish.status === 'done' ? 1 : 0)
  return { ...today, ...Object.fromEntries(after), done }
}
