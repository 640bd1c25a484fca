import type { Note } from '@rapport/contracts'
import { History, MoreHorizontal, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { forgetDraft } from '../../ui/drafts.ts'
import { usePinNote, useRestoreNote, useTrashNote } from './api.ts'
import { HistoryDialog } from './HistoryDialog.tsx'
import { NoteText } from './NoteText.tsx'
import { draftKey, readNoteDraft } from './useNoteDraft.ts'

export function NoteCard({ note, onEdit }: { note: Note; onEdit: () => void }) {
  const { t } = useTranslation()
  const [history, setHistory] = useState(false)
  const [dropped, setDropped] = useState(false)
  const { name } = note.author
  const draft = note.can.update && !dropped ? readNoteDraft(note.record, note) : null
  return (
    <article
      aria-label={t('notes.label')}
      className="flex flex-col gap-1.5 rounded-base border border-line p-2.5"
    >
      <header className="flex min-h-6 items-center gap-2">
        <Avatar name={name} size={20} decorative />
        <Byline note={note} />
        {note.can.update ? (
          <IconButton icon={Pencil} size="small" label={t('notes.edit_of', { name })} onClick={onEdit} />
        ) : null}
        <NoteMenu note={note} onHistory={() => setHistory(true)} />
      </header>
      <div className="text-13">
        <NoteText note={note} />
      </div>
      {draft ? (
        <div className="flex flex-wrap items-center gap-2 rounded-base bg-warn-soft px-2 py-1 text-12 text-warn-ink">
          <span className="flex-1">{t('notes.left')}</span>
          <Button size="small" onClick={onEdit}>
            {t('notes.go_on')}
          </Button>
          <Button
            size="small"
            variant="ghost"
            onClick={() => {
              forgetDraft(draftKey(note.record, note))
              setDropped(true)
            }}
          >
            {t('notes.drop')}
          </Button>
        </div>
      ) : null}
      {history ? <HistoryDialog note={note} onClose={() => setHistory(false)} /> : null}
    </article>
  )
}

function Byline({ note: { author, edited_by, edited_at, created_at, pinned } }: { note: Note }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <p className="min-w-0 flex-1 truncate text-12 text-faint">
      <span className="text-13 font-medium text-ink">{author.name}</span>{' '}
      <time dateTime={created_at} title={format.dateTime(created_at)}>
        {format.ago(created_at)}
      </time>
      {edited_at === null ? null : (
        <span title={format.dateTime(edited_at)}>
          {' · '}
          {edited_by && edited_by.id !== author.id
            ? t('notes.edited', { name: edited_by.name })
            : t('notes.edited_self')}
        </span>
      )}
      {pinned ? (
        <span>
          {' · '}
          <Pin className="inline size-3" aria-hidden /> {t('notes.pinned')}
        </span>
      ) : null}
    </p>
  )
}

function NoteMenu({ note, onHistory }: { note: Note; onHistory: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const [pin, trash, restore] = [usePinNote(), useTrashNote(), useRestoreNote()]
  const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const remove = () =>
    trash.mutate(note, {
      onSuccess: () => void notify.undo(t('notes.deleted'), () => restore.mutate(note, { onError })),
      onError,
    })
  return (
    <Menu
      align="end"
      trigger={
        <IconButton icon={MoreHorizontal} size="small" label={t('notes.menu', { name: note.author.name })} />
      }
    >
      {note.can.pin ? (
        <MenuItem
          icon={note.pinned ? PinOff : Pin}
          onSelect={() => pin.mutate({ id: note.id, pinned: !note.pinned }, { onError })}
        >
          {t(note.pinned ? 'notes.unpin' : 'notes.pin')}
        </MenuItem>
      ) : null}
      <MenuItem icon={History} onSelect={onHistory}>
        {t('notes.history.open')}
      </MenuItem>
      {note.can.update ? (
        <>
          <MenuSeparator />
          <MenuItem icon={Trash2} danger onSelect={remove}>
            {t('notes.delete')}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  )
}
