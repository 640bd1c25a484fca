import { MessageSquare } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import { useMay } from '../../app/session.ts'
import type { PaletteSearch } from '../../ui/CommandPalette.tsx'
import { excerptOf } from './excerpt.ts'

const limit = 4

/** In the palette: what was said, the newest first. */
export function useFoundMessages(): PaletteSearch {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayRead = useMay('chat:read')
  return useCallback(
    async (q, signal) => {
      if (!mayRead) return []
      const { items } = await rapport.chat.search({ query: { q, limit }, signal })
      if (items.length === 0) return []
      return [
        {
          id: 'found-message',
          heading: t('shell.palette.messages'),
          items: items.map(({ message, channel }) => ({
            id: message.id,
            ...excerptOf(message.text, q),
            // A conversation of two is called as the other one, who may have said it.
            detail: [...new Set([message.author.name, channel.name])].join(' · '),
            icon: MessageSquare,
            run: () => void navigate(paths.chatMessage(channel.id, message.id, message.reply_to)),
          })),
        },
      ]
    },
    [mayRead, navigate, t],
  )
}
