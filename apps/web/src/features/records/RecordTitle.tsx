import { Mail, Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { callTo } from '../../ui/phone.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { Input } from '../../ui/Input.tsx'
import { TaskTick } from '../tasks/TaskTick.tsx'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'
import type { ChangeRecord } from './useChangeRecord.ts'
import { useFieldLabel } from './useFieldLabel.ts'
import { useTitleOf } from './useTitleOf.ts'

type Props = { kind: RecordKind; record: ListedRecord; change: ChangeRecord }

/** Name, edited in its place, with the two things one does most: call and write. */
export function RecordTitle(props: Props) {
  const { t } = useTranslation()
  const { kind, record } = props
  const name = useTitleOf(kind)(record)
  const email = record['email']
  const phone = record['phone'] ?? record['mobile']
  return (
    <div className="flex items-start gap-3">
      {kind.object === 'task' ? (
        <TaskTick task={record} className="mt-2" />
      ) : (
        <Avatar name={name} size={40} decorative />
      )}
      <div className="min-w-0 flex-1" data-field={kind.title}>
        <RecordName {...props} />
        <p className="truncate text-13 text-muted">{kind.subtitleOf(record)}</p>
      </div>
      <div className="flex gap-1">
        {typeof phone === 'string' ? (
          <a
            className={buttonClass('secondary', 'small')}
            href={callTo(phone)}
            aria-label={t('table.link.call')}
          >
            <Phone className="size-4" strokeWidth={1.75} aria-hidden />
          </a>
        ) : null}
        {typeof email === 'string' ? (
          <a
            className={buttonClass('secondary', 'small')}
            href={`mailto:${email}`}
            aria-label={t('table.link.email')}
          >
            <Mail className="size-4" strokeWidth={1.75} aria-hidden />
          </a>
        ) : null}
      </div>
    </div>
  )
}

function RecordName({ kind, record, change }: Props) {
  const { object, title } = kind
  const labelOf = useFieldLabel()
  const name = useTitleOf(kind)(record)
  const [draft, setDraft] = useState<string | null>(null)
  const { edits } = useFieldAccess(object)
  const readOnly = !record.can.update || !edits(title) || record.deleted_at !== null
  const save = (text: string) => {
    setDraft(null)
    const wanted = text.trim()
    if (wanted !== '' && wanted !== name) void change(record, title, wanted).catch(() => setDraft(text))
  }
  if (draft === null)
    return (
      <button
        type="button"
        disabled={readOnly}
        onClick={() => setDraft(name)}
        className="-mx-1 max-w-full truncate rounded-small px-1 text-left text-20 font-semibold not-disabled:hover:bg-hover"
      >
        {name}
      </button>
    )
  return (
    <Input
      autoFocus
      aria-label={labelOf(title)}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => save(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save(draft)
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setDraft(null)
      }}
    />
  )
}
