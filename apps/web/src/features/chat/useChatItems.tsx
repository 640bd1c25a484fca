import { SquarePen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/session.ts'
import type { PaletteItem } from '../../ui/CommandPalette.tsx'
import { useChannels } from './api.ts'
import { ChannelSign } from './ChannelSign.tsx'

/** In the palette: every conversation by its name, and a new one. */
export function useChatItems(): PaletteItem[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayWrite = useMay('chat:write')
  const channels = useChannels().map((channel) => ({
    id: `chat-${channel.id}`,
    label: channel.name,
    detail: t('chat.title'),
    leading: <ChannelSign channel={channel} />,
    run: () => void navigate(paths.chatChannel(channel.id)),
  }))
  const begin = {
    id: 'chat-new',
    label: t('chat.direct.open'),
    icon: SquarePen,
    run: () => void navigate(`${paths.chat}?new=direct`),
  }
  return mayWrite ? [begin, ...channels] : channels
}
