import { calledBy, isEmptyNote, type ChatChannel, type NoteDocument } from '@rapport/contracts'
import { AtSign, CaseSensitive, Paperclip, SendHorizontal, Smile } from 'lucide-react'
import { Component, lazy, Suspense, useCallback, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { FieldHandle } from './editor/ChatField.tsx'
import { EmojiPicker } from './EmojiPicker.tsx'
import { FilesToSend } from './FilesToSend.tsx'
import type { Place } from './messages.ts'
import { useOutbox } from './unsent.ts'
import { useDraft } from './useDraft.ts'
import { Recorder } from './Recorder.tsx'
import { withLinks } from './withLinks.ts'
import type { FilesToGo } from './useFilesToGo.ts'

const ChatField = lazy(() => import('./editor/ChatField.tsx'))

/** Fewer are called by their names anyway. */
const many = 3

type Props = {
  place: Place
  channel: Pick<ChatChannel, 'kind' | 'member_count'>
  placeholder: string
  files: FilesToGo
  autoFocus: boolean
  onSent: () => void
  onUp?: () => void
  onWriting: () => void
  onLeave?: () => boolean
}

/** Where one writes. What is sent shows at once; a draft is kept. */
export function Composer(props: Props) {
  const { place, channel, placeholder, files, autoFocus, onSent, onUp, onWriting, onLeave } = props

  const { t } = useTranslation()
  const outbox = useOutbox()
  const draft = useDraft(place)
  const document = useRef<NoteDocument | null>(draft.initial)
  const [empty, setEmpty] = useState(draft.initial === null)
  const [asking, setAsking] = useState<'here' | 'channel' | null>(null)
  const [tools, setTools] = useState(false)
  const field = useRef<FieldHandle>(null)
  const setField = useCallback((handle: FieldHandle | null) => {
    field.current = handle
  }, [])
  const picker = useRef<HTMLInputElement>(null)
  const nothing = empty && files.ready.length === 0
  const mayGo = !nothing && files.uploads.length === 0

  const change = (now: NoteDocument) => {
    document.current = now
    setEmpty(isEmptyNote(now))
    draft.change(now)
    if (!isEmptyNote(now)) onWriting()
  }
  const send = () => {
    setAsking(null)
    outbox.add({
      client_id: crypto.randomUUID(),
      channel_id: place.channel_id,
      written_at: new Date().toISOString(),
      body: {
        document: withLinks(document.current ?? { type: 'doc', content: [{ type: 'paragraph' }] }),
        thread: place.thread,
        files: files.ready.map(({ id, name }) => ({ id, name })),
      },
    })
    files.clear()
    field.current?.clear()
    field.current?.focus()
    onSent()
  }
  const submit = () => {
    if (!mayGo) return
    const { everyone } = calledBy(document.current ?? { content: [] })
    if (everyone && channel.kind !== 'direct' && channel.member_count > many) setAsking(everyone)
    else send()
  }
  return (
    <div className="px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-4">
      <div className="rounded-base border border-line-control bg-base focus-within:border-focus">
        <FieldFrame fallback={<p className="p-2.5 text-13 text-muted">{t('notes.not_loaded')}</p>}>
          <Suspense fallback={<Skeleton className="m-2 h-5" />}>
            <ChatField
              initial={draft.initial}
              label={placeholder}
              placeholder={placeholder}
              autoFocus={autoFocus}
              tools={tools}
              onChange={change}
              onSubmit={submit}
              onFiles={files.add}
              onReady={setField}
              {...(onUp ? { onUp } : {})}
              {...(onLeave ? { onLeave } : {})}
            />
          </Suspense>
        </FieldFrame>
        <FilesToSend files={files} />
        <div className="flex items-center gap-0.5 px-1 pb-1">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-hidden
            tabIndex={-1}
            data-chat-files=""
            onChange={({ target }) => {
              files.add([...(target.files ?? [])])
              target.value = ''
            }}
          />
          <IconButton
            icon={Paperclip}
            size="small"
            label={t('chat.compose.attach')}
            onClick={() => picker.current?.click()}
          />
          <EmojiPicker
            label={t('chat.emoji.pick')}
            trigger={<IconButton icon={Smile} size="small" label={t('chat.emoji.pick')} />}
            onPick={(sign) => field.current?.insert(sign)}
          />
          <IconButton
            icon={AtSign}
            size="small"
            label={t('notes.toolbar.mention')}
            onClick={() => field.current?.insert(' @')}
          />
          <IconButton
            icon={CaseSensitive}
            size="small"
            label={t('chat.compose.format')}
            aria-pressed={tools}
            className="aria-pressed:bg-active aria-pressed:text-ink"
            onClick={() => setTools(!tools)}
          />
          <Recorder onDone={(file) => files.add([file])} />
          <span className="ml-auto hidden pr-2 text-11 text-faint lg:inline pointer-coarse:hidden">
            {empty ? null : t('chat.compose.hint')}
          </span>
          <IconButton
            icon={SendHorizontal}
            size="small"
            variant={mayGo ? 'primary' : 'ghost'}
            className={cx('ml-auto lg:ml-0', !mayGo && 'text-faint')}
            label={t(files.uploads.length > 0 ? 'chat.compose.wait' : 'chat.compose.send')}
            aria-disabled={!mayGo}
            onClick={submit}
          />
        </div>
      </div>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={() => setAsking(null)}
        title={t(`chat.everyone.ask_${asking ?? 'here'}`, { count: channel.member_count })}
        confirm={t('chat.compose.send')}
        onConfirm={send}
      />
    </div>
  )
}

/** The code of the editor may not arrive; the conversation stays. */
class FieldFrame extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
