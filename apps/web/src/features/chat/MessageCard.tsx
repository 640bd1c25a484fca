import type { ChatMessage } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoteText } from '../notes/NoteText.tsx'

type Props = { message: ChatMessage; where?: string; onOpen: () => void }

/** A message away from its conversation; it leads there. */
export function MessageCard({ message, where, onOpen }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="group relative rounded-base px-2 py-2 hover:bg-hover">
      <div className="flex items-center gap-2">
        <Avatar name={message.author.name} size={20} decorative />
        <span className="max-w-1/2 shrink-0 truncate text-13 font-semibold">{message.author.name}</span>
        <span className="truncate text-12 text-faint">
          {where === undefined ? '' : `${where} · `}
          {format.dateTime(message.created_at)}
        </span>
      </div>
      <div className="line-clamp-4 pt-0.5 pl-7 text-13">
        {message.body === null ? (
          <span className="text-faint italic">{t('chat.deleted')}</span>
        ) : (
          <NoteText note={{ ...message, body: message.body }} />
        )}
      </div>
      {/* All of it leads there; what is in it stays below for who only looks. */}
      <button
        type="button"
        className="absolute inset-0 rounded-base"
        aria-label={t('chat.jump_to', { name: message.author.name, text: message.text.slice(0, 80) })}
        onClick={onOpen}
      />
    </div>
  )
}
