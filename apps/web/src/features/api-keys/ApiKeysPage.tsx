import type { ApiKey } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ExternalLink, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { apiKeysQuery } from './api.ts'
import { RevokeDialog, RotateDialog, ScopesDialog } from './KeyDialogs.tsx'
import { KeyRow, type KeyAction } from './KeyRow.tsx'
import { NewKeyDialog } from './NewKeyDialog.tsx'

const dialogs = { scopes: ScopesDialog, rotate: RotateDialog, revoke: RevokeDialog }

export function ApiKeysPage() {
  const { t } = useTranslation()
  const { data: keys, dataUpdatedAt: now } = useSuspenseQuery(apiKeysQuery)
  const [making, setMaking] = useState(false)
  const [acting, setActing] = useState<{ apiKey: ApiKey; action: KeyAction } | null>(null)
  const active = keys.filter(({ revoked_at }) => revoked_at === null)
  const revoked = keys.filter(({ revoked_at }) => revoked_at !== null)
  const Acting = acting && dialogs[acting.action]
  const newKey = (
    <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
      {t('apiKeys.new')}
    </Button>
  )
  return (
    <Page title={t('apiKeys.title')} actions={active.length > 0 ? newKey : null}>
      <p className="pb-2 text-13 text-muted">
        {t('apiKeys.intro')}{' '}
        <a
          href="/api/docs"
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1 whitespace-nowrap text-accent-ink underline"
        >
          {t('apiKeys.docs')}
          <ExternalLink className="size-3" aria-hidden />
        </a>
      </p>
      {active.length > 0 ? (
        <KeyList label={t('apiKeys.active')} keys={active} now={now} onAct={setActing} />
      ) : (
        <EmptyState
          icon={KeyRound}
          title={t('apiKeys.empty')}
          text={t('apiKeys.empty_text')}
          actions={newKey}
        />
      )}
      {revoked.length > 0 ? (
        <section className="pt-6">
          <h2 className="text-12 font-medium text-muted">{t('apiKeys.revoked')}</h2>
          <KeyList label={t('apiKeys.revoked')} keys={revoked} now={now} onAct={setActing} />
        </section>
      ) : null}
      <NewKeyDialog open={making} onOpenChange={setMaking} />
      {acting && Acting ? <Acting apiKey={acting.apiKey} onClose={() => setActing(null)} /> : null}
    </Page>
  )
}

type ListProps = {
  label: string
  keys: readonly ApiKey[]
  now: number
  onAct: (acting: { apiKey: ApiKey; action: KeyAction }) => void
}

function KeyList({ label, keys, now, onAct }: ListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {keys.map((apiKey) => (
        <KeyRow key={apiKey.id} apiKey={apiKey} now={now} onAct={(action) => onAct({ apiKey, action })} />
      ))}
    </ul>
  )
}
