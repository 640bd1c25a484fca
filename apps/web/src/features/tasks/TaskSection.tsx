import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { loadWords } from '../../ui/fields/dateWords.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Link } from 'react-router'
import { RelatedSection } from '../records/RelatedSection.tsx'
import { taskStore, type ListedRecord } from '../records/stores.ts'
import { tasksAboutQuery } from './api.ts'
import { DueText } from './DueText.tsx'
import { readQuickTask } from './quickTask.ts'
import { TaskTick } from './TaskTick.tsx'

type Props = { object: string; record: ListedRecord }

/** What has to be done about a record: ticked off and added in its place. */
export function TaskSection(props: Props) {
  return useMay('tasks:read') ? <Tasks {...props} /> : null
}

function Tasks({ object, record }: Props) {
  const { t } = useTranslation()
  const query = useQuery(tasksAboutQuery({ object, id: record.id }))
  const mayCreate = useMay('tasks:create') && record.deleted_at === null
  return (
    <RelatedSection
      title={t('tasks.beside.title')}
      empty={t('tasks.beside.none')}
      loading={query.isPending}
      count={query.data?.length}
      summary={null}
    >
      {query.data?.map((task) => (
        <li key={task.id} className="-mx-2 flex items-start gap-2 rounded-base px-2 hover:bg-hover">
          <TaskTick task={task} className="mt-2.5" />
          <Link
            to={paths.task(task.id)}
            className="flex min-h-9 min-w-0 flex-1 flex-col justify-center py-1 text-13"
          >
            <span className={task['status'] === 'done' ? 'truncate text-muted line-through' : 'truncate'}>
              {String(task['title'])}
            </span>
            <span className="truncate text-12 text-muted">
              <DueText task={task} />
            </span>
          </Link>
        </li>
      ))}
      {mayCreate ? (
        <li>
          <NewTask object={object} id={record.id} />
        </li>
      ) : null}
    </RelatedSection>
  )
}

/** “Send the offer tomorrow”: Enter makes it, due then, for whoever writes it. */
function NewTask({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const create = taskStore.useCreate()
  const [text, setText] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const submit = async () => {
    if (text.trim() === '' || create.isPending) return
    await loadWords(format.locale)
    create.mutate(
      { key, body: { ...readQuickTask(text, format), links: [{ object, id }] } },
      {
        onSuccess: () => {
          setText('')
          setKey(crypto.randomUUID())
        },
        onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
      },
    )
  }
  return (
    <form
      className="flex items-center gap-2 pt-1"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Plus className="size-4 shrink-0 text-faint" aria-hidden />
      <Input
        aria-label={t('tasks.beside.add')}
        placeholder={t('tasks.beside.add')}
        title={t('tasks.beside.add_hint')}
        maxLength={300}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}
