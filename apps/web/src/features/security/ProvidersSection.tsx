import type { LinkedIdentity, Provider } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useLink, useUnlink } from './api.ts'
import { RemovalDialog } from './PasskeyDialogs.tsx'
import { ProviderMark } from './ProviderMark.tsx'
import { Section } from '../../ui/Section.tsx'
import { useTellProblem } from './useTellProblem.ts'

type Props = { providers: readonly Provider[]; identities: readonly LinkedIdentity[] }
type Shown = { provider: Provider; offered: boolean; identity: LinkedIdentity | null }

/** Each offered provider, linked or not, and whatever is still linked to one that is offered no more. */
function rowsOf({ providers, identities }: Props): Shown[] {
  const linked = identities.map((identity): Shown => {
    const offered = providers.find(({ provider }) => provider === identity.provider)
    const provider = offered ?? { provider: identity.provider, name: identity.provider }
    return { provider, offered: offered !== undefined, identity }
  })
  const free = providers.filter(({ provider }) => !identities.some((one) => one.provider === provider))
  return [...linked, ...free.map((provider): Shown => ({ provider, offered: true, identity: null }))]
}

export function ProvidersSection(props: Props) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState<Shown | null>(null)
  const rows = rowsOf(props)
  if (rows.length === 0) return null
  return (
    <Section title={t('security.providers.title')} text={t('security.providers.intro')}>
      <ul aria-label={t('security.providers.title')} className="divide-y divide-line">
        {rows.map((row) => (
          <ProviderRow
            key={row.identity?.id ?? row.provider.provider}
            row={row}
            onUnlink={() => setRemoving(row)}
          />
        ))}
      </ul>
      {removing?.identity ? (
        <UnlinkDialog
          name={removing.provider.name}
          identity={removing.identity}
          onClose={() => setRemoving(null)}
        />
      ) : null}
    </Section>
  )
}

function ProviderRow({ row, onUnlink }: { row: Shown; onUnlink: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useTellProblem()
  const link = useLink()
  const { provider, offered, identity } = row
  const state = identity
    ? [identity.email, t('security.providers.since', { when: format.ago(identity.created_at) })]
    : [t('security.providers.not_linked')]
  if (!offered) state.push(t('security.providers.gone'))
  return (
    <li className="flex items-center gap-3 py-2">
      <ProviderMark provider={provider.provider} />
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium">{provider.name}</p>
        <p className="text-12 break-words text-muted">{state.filter(Boolean).join(' · ')}</p>
      </div>
      {identity ? (
        <Button onClick={onUnlink}>{t('security.providers.unlink')}</Button>
      ) : (
        <Button
          loading={link.isPending || link.isSuccess}
          onClick={() => link.mutate(provider.provider, { onError: tell })}
        >
          {t('security.providers.link', { name: provider.name })}
        </Button>
      )}
    </li>
  )
}

type UnlinkProps = { name: string; identity: LinkedIdentity; onClose: () => void }

function UnlinkDialog({ name, identity, onClose }: UnlinkProps) {
  const { t } = useTranslation()
  const tell = useTellProblem()
  const unlink = useUnlink()
  return (
    <RemovalDialog
      title={t('security.providers.unlink_title', { name })}
      text={t('security.providers.unlink_text')}
      confirm={t('security.providers.unlink')}
      onConfirm={() =>
        unlink.mutate(identity.id, {
          onSuccess: () => notify.success(t('security.providers.unlinked', { name })),
          onError: tell,
          onSettled: onClose,
        })
      }
      onClose={onClose}
    />
  )
}
