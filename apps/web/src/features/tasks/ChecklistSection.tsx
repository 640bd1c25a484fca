import { line, type ChecklistItem } from '@rapport/contracts'
import { Plus, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { SortableList } from '../../ui/SortableList.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { useChangeTask } from './api.ts'
import { checklistOf } from './looks.tsx'
import { useChecklistProgress } from './useChecklistProgress.ts'

/** The steps of a task: added with Enter, ticked with the space bar, ordered with the arrow keys on their handle. */
export function ChecklistSection({ task }: { task: ListedRecord }) {
  const { t } = useTranslation()
  const progressOf = useChecklistProgress()
  const change = useChangeTask(task.id)
  const items = checklistOf(task)
  const readOnly = !task.can.update || task.deleted_at !== null
  const title = t('tasks.checklist.title')
  const save = (checklist: ChecklistItem[]) => change({ checklist })
  const put = (item: ChecklistItem) => save(items.map((one) => (one.id === item.id ? item : one)))
  const remove = (item: ChecklistItem) => {
    save(items.filter(({ id }) => id !== item.id))
    notify.undo(t('tasks.checklist.removed'), () => save(items))
  }
  const move = (id: string, to: number) => {
    const from = items.findIndex((one) => one.id === id)
    const item = items[from]
    if (item) save(items.toSpliced(from, 1).toSpliced(to, 0, item))
  }
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h2 className="flex items-baseline gap-2 text-11 font-semibold text-faint uppercase">
        {title}
        {items.length > 0 ? (
          <span className="font-normal tabular normal-case">{progressOf(items)}</span>
        ) : null}
      </h2>
      {items.length === 0 && readOnly ? (
        <p className="text-13 text-muted">{t('tasks.checklist.none')}</p>
      ) : null}
      <SortableList
        items={items}
        idOf={({ id }) => id}
        nameOf={({ text }) => text}
        label={title}
        disabled={readOnly}
        onMove={move}
      >
        {(item, handle) => (
          <div className="group flex min-h-9 items-center gap-2">
            {handle}
            <Checkbox
              checked={item.done}
              disabled={readOnly}
              label={t('tasks.checklist.step', { text: item.text })}
              onChange={(done) => put({ ...item, done })}
            />
            <StepText item={item} readOnly={readOnly} onSave={(text) => put({ ...item, text })} />
            {readOnly ? null : (
              <IconButton
                icon={X}
                size="small"
                label={t('tasks.checklist.remove', { text: item.text })}
                onClick={() => remove(item)}
              />
            )}
          </div>
        )}
      </SortableList>
      {readOnly ? null : (
        <NewStep onAdd={(text) => save([...items, { id: crypto.randomUUID(), text, done: false }])} />
      )}
    </section>
  )
}

type StepProps = { item: ChecklistItem; readOnly: boolean; onSave: (text: string) => void }

/** A step turns into its editor on a click or Enter. */
function StepText({ item, readOnly, onSave }: StepProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    const parsed = line(300).safeParse(draft)
    setDraft(null)
    if (parsed.success && parsed.data !== item.text) onSave(parsed.data)
  }
  if (draft === null)
    return (
      <button
        type="button"
        disabled={readOnly}
        onClick={() => setDraft(item.text)}
        className={cx(
          'min-w-0 flex-1 rounded-small px-1 py-1 text-left text-13 break-words not-disabled:hover:bg-hover',
          item.done && 'text-muted line-through',
        )}
      >
        {item.text}
      </button>
    )
  return (
    <Input
      autoFocus
      aria-label={item.text}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setDraft(null)
      }}
    />
  )
}

/** The field stays, so that steps can be written one after the other. */
function NewStep({ onAdd }: { onAdd: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const add = () => {
    const parsed = line(300).safeParse(text)
    if (!parsed.success) return
    onAdd(parsed.data)
    setText('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  return (
    <div className="flex items-center gap-2">
      <Plus className="size-4 shrink-0 text-faint" aria-hidden />
      <Input
        ref={field}
        aria-label={t('tasks.checklist.add')}
        placeholder={t('tasks.checklist.add')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}
