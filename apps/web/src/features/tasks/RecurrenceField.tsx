import { Repeat } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { Popover } from '../../ui/Popover.tsx'
import { FieldLine } from '../records/InlineField.tsx'
import { quiet } from '../records/quiet.ts'
import type { ListedRecord } from '../records/stores.ts'
import { dueOf } from './due.ts'
import { RecurrencePicker } from './RecurrencePicker.tsx'
import { useRecurrenceWords } from './useRecurrenceWords.ts'

type Props = {
  label: string
  task: ListedRecord
  readOnly: boolean
  onChange: (rule: string | null) => Promise<void>
}

/** Whether and how a task comes again, said in words; without a due date there is nothing to count from. */
export function RecurrenceField({ label, task, readOnly, onChange }: Props) {
  const { t } = useTranslation()
  const words = useRecurrenceWords()
  const [open, setOpen] = useState(false)
  const due = dueOf(task)
  const rule = typeof task['recurrence'] === 'string' ? task['recurrence'] : null
  const shown =
    rule === null ? t(due === null ? 'tasks.repeat.needs_due' : 'tasks.repeat.never') : words(rule)
  const set = (next: string | null) => {
    setOpen(false)
    // Told already where it failed.
    if (next !== rule) void onChange(next).catch(() => undefined)
  }
  return (
    <FieldLine label={label}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={label}
        className="w-80"
        trigger={
          <button
            type="button"
            disabled={readOnly || due === null}
            aria-label={`${label}: ${shown}`}
            className={cx(
              quiet,
              'flex min-h-control w-full items-center gap-2 rounded-base px-2 text-left text-13 not-disabled:hover:bg-hover',
              rule === null && 'text-faint',
            )}
          >
            {rule === null ? null : (
              <Repeat className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
            )}
            <span className="truncate">{shown}</span>
          </button>
        }
      >
        {due === null ? null : <RecurrencePicker due={due.slice(0, 10)} rule={rule} onSet={set} />}
      </Popover>
    </FieldLine>
  )
}
