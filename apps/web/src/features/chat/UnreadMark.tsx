import { useTranslation } from 'react-i18next'
import { useChannels } from './api.ts'
import { callsOf, isNews } from './sections.ts'

const most = 99

/** What waits for one in the chat: a number where somebody means one, a dot where there is only news. */
export function UnreadMark({ bare = false }: { bare?: boolean }) {
  const { t } = useTranslation()
  const channels = useChannels()
  const calls = channels.reduce((sum, channel) => sum + callsOf(channel), 0)
  const news = channels.some(isNews)
  if (calls === 0 && !news) return null
  if (calls === 0 || bare)
    return (
      <span className="ml-auto size-1.5 shrink-0 rounded-full bg-accent">
        <span className="sr-only">{t('chat.news')}</span>
      </span>
    )
  return (
    <span className="ml-auto flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-full bg-accent px-1 text-11 font-semibold text-on-accent tabular">
      <span aria-hidden>{calls > most ? `${most}+` : calls}</span>
      <span className="sr-only">{t('chat.calls', { count: calls })}</span>
    </span>
  )
}
