import type { ApiKey } from '@rapport/contracts'
import { Ban, Ellipsis, ListChecks, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useScopeWords } from './useScopeWords.ts'

export type KeyAction = 'scopes' | 'rotate' | 'revoke'

const soon_ms = 7 * 24 * 3600_000

type Props = { apiKey: ApiKey; now: number; onAct: (action: KeyAction) => void }

/** `now` is when the list was read. */
export function KeyRow({ apiKey, now, onAct }: Props) {
  const words = useScopeWords()
  return (
    <li className="flex items-start gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-13 font-medium">{apiKey.name}</span>
          <code className="font-mono text-12 text-faint">{apiKey.prefix}_…</code>
          <KeyState apiKey={apiKey} now={now} />
        </p>
        <p className="pt-0.5 text-12 text-ink">{words(apiKey.scopes).join(' · ')}</p>
        <KeyHistory apiKey={apiKey} now={now} />
      </div>
      {apiKey.revoked_at === null ? <KeyMenu apiKey={apiKey} now={now} onAct={onAct} /> : null}
    </li>
  )
}

function KeyState({ apiKey, now }: Omit<Props, 'onAct'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { revoked_at, expires_at, previous_until, maker } = apiKey
  const left_ms = expires_at === null ? Infinity : Date.parse(expires_at) - now
  const state = ((): [Tone, string] | null => {
    if (revoked_at !== null) return ['neutral', t('apiKeys.state.revoked')]
    if (left_ms <= 0) return ['danger', t('apiKeys.state.expired')]
    if (!maker.is_member) return ['danger', t('apiKeys.state.maker_left')]
    if (left_ms < soon_ms) return ['warn', t('apiKeys.state.expires_soon')]
    if (previous_until !== null && Date.parse(previous_until) > now)
      return ['info', t('apiKeys.state.two_secrets', { when: format.dateTime(previous_until) })]
    return null
  })()
  return state && <Badge tone={state[0]}>{state[1]}</Badge>
}

function KeyHistory({ apiKey, now }: Omit<Props, 'onAct'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { expires_at, last_used_at, last_used_ip } = apiKey
  const expiry = () => {
    if (expires_at === null) return t('apiKeys.expires_never')
    const isOver = Date.parse(expires_at) <= now
    return t(isOver ? 'apiKeys.expired_at' : 'apiKeys.expires_at', { date: format.date(expires_at) })
  }
  const use = () => {
    if (last_used_at === null) return t('apiKeys.never_used')
    const when = format.ago(last_used_at)
    if (last_used_ip === null) return t('apiKeys.used_somewhere', { when })
    return t('apiKeys.used', { when, ip: last_used_ip })
  }
  const made = t('apiKeys.made', { name: apiKey.maker.full_name, when: format.ago(apiKey.created_at) })
  return <p className="pt-0.5 text-12 text-muted">{[made, expiry(), use()].join(' · ')}</p>
}

function KeyMenu({ apiKey, now, onAct }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const isLive = apiKey.expires_at === null || Date.parse(apiKey.expires_at) > now
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={Ellipsis} label={t('apiKeys.more', { name: apiKey.name })} />}
    >
      {isLive ? (
        <>
          <MenuItem icon={ListChecks} onSelect={() => onAct('scopes')}>
            {t('apiKeys.scopes.edit')}
          </MenuItem>
          {/* The new secret speaks for the maker, so nobody else is given it. */}
          {apiKey.maker.user_id === me.user.id ? (
            <MenuItem icon={RefreshCw} onSelect={() => onAct('rotate')}>
              {t('apiKeys.rotate.open')}
            </MenuItem>
          ) : null}
          <MenuSeparator />
        </>
      ) : null}
      <MenuItem icon={Ban} danger onSelect={() => onAct('revoke')}>
        {t('apiKeys.revoke.open')}
      </MenuItem>
    </Menu>
  )
}
