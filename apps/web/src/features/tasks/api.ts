import type { Task, TaskLink } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { taskStore, type ListedRecord } from '../records/stores.ts'
import { dueOf } from './due.ts'

const { keys } = taskStore

/** Open ones about a record, and those done last; the first due first. */
export const tasksAboutQuery = ({ object, id }: TaskLink) =>
  queryOptions({
    queryKey: [...keys.related, 'about', object, id],
    queryFn: ({ signal }) =>
      taskStore.readSome(
        {
          limit: 100,
          sort: 'due_at',
          filter: JSON.stringify({
            and: [
              { field: 'links', op: 'has_any', value: [id] },
              { field: 'status', op: 'eq', value: 'open' },
            ],
          }),
        },
        signal,
      ),
  })

const ahead_days = 8
const day_ms = 86_400_000

/** What one has to do by the end of the coming week, the first due first. */
export const myTasksQuery = queryOptions({
  queryKey: [...keys.related, 'mine'],
  queryFn: ({ signal }) =>
    taskStore.readSome(
      {
        limit: 200,
        sort: 'due_at',
        filter: JSON.stringify({
          and: [
            { field: 'owner_id', op: 'eq', value: 'me' },
            { field: 'status', op: 'eq', value: 'open' },
            { field: 'due_at', op: 'lt', value: new Date(Date.now() + ahead_days * day_ms).toISOString() },
          ],
        }),
      },
      signal,
    ),
})

/** How many tasks one has done today. */
export const doneTodayQuery = queryOptions({
  queryKey: [...keys.related, 'done-today'],
  queryFn: async ({ signal }) => {
    const { items } = await rapport.tasks.list({
      query: {
        limit: 200,
        fields: 'id',
        filter: JSON.stringify({
          and: [
            { field: 'completed_by', op: 'eq', value: 'me' },
            { field: 'completed_at', op: 'within', value: 'today' },
          ],
        }),
      },
      signal,
    })
    return items.length
  },
})

type Entered = { task: Task; next: Task | null }

const enter = async (id: string, done: boolean): Promise<Entered> =>
  done
    ? rapport.tasks.complete({ params: { id }, body: {} })
    : { task: await rapport.tasks.reopen({ params: { id }, body: {} }), next: null }

/** Whatever shows tasks beside their own list. */
export const tasksStale = () => queryClient.invalidateQueries({ queryKey: keys.related })

/** Shows it at once, says what comes next, and can be taken back. */
export function useCompleteTask(): (task: ListedRecord, done: boolean) => void {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const { mutate } = useMutation({
    mutationFn: ({ task, done }: { task: ListedRecord; done: boolean }) => enter(task.id, done),
    onMutate: ({ task, done }) => show(task.id, { status: done ? 'done' : 'open' }),
    onError: (error, { task }) => {
      show(task.id, { status: task['status'] })
      notify.problem(t('common.problem.title'), describe(error))
    },
    onSuccess: async ({ task, next }, { done }) => {
      show(task.id, { ...task })
      const said = { title: task.title }
      if (done) {
        const due = next && dueOf({ ...next })
        const when = due && (due.length === 10 ? format.plainDay(due) : format.dateTime(due))
        notify.undo(
          t('tasks.completed', said),
          () => mutate({ task: { ...task }, done: false }),
          when ? t('tasks.next', { when }) : undefined,
        )
      } else notify.success(t('tasks.reopened', said))
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.lists }),
        queryClient.invalidateQueries({ queryKey: keys.timeline(task.id) }),
        tasksStale(),
      ])
    },
  })
  return (task, done) => mutate({ task, done })
}

/** Wherever the task is on screen. */
function show(id: string, values: Record<string, unknown>): void {
  taskStore.patch(id, (known) => ({ ...known, ...values }))
  queryClient.setQueriesData<ListedRecord[]>({ queryKey: keys.related }, (known) =>
    Array.isArray(known) ? known.map((task) => (task.id === id ? { ...task, ...values } : task)) : known,
  )
}

type Wish = {
  change: Record<string, unknown>
  /** How it shows meanwhile, where that is more than what is saved. */
  shown?: Record<string, unknown>
}

/**
 * Saves fields of a task beside its usual editors, one after the other and each upon the version that the one before
 * made, so that nobody's change is lost and nobody clashes with themselves.
 */
export function useChangeTask(id: string): (change: Wish['change'], shown?: Wish['shown']) => void {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const mutationKey = ['change-task', id]
  const { mutate } = useMutation({
    mutationKey,
    scope: { id: mutationKey.join() },
    mutationFn: ({ change }: Wish) => taskStore.save(id, change, versionOf(id)),
    onMutate: ({ change, shown = {} }) => show(id, { ...change, ...shown }),
    onSuccess: (task) => {
      // What is still on its way is shown already.
      const is_last = queryClient.isMutating({ mutationKey }) === 1
      show(id, is_last ? task : { version: task.version })
      if (is_last) void tasksStale()
      void queryClient.invalidateQueries({ queryKey: keys.timeline(id) })
    },
    onError: (error) => {
      notify.problem(t('common.problem.title'), describe(error))
      void queryClient.invalidateQueries({ queryKey: keys.all })
    },
  })
  return (change, shown) => mutate({ change, ...(shown ? { shown } : {}) })
}

const versionOf = (id: string): number | undefined =>
  queryClient.getQueryData<ListedRecord>(keys.record(id))?.version ?? taskStore.findListed(id)?.version
