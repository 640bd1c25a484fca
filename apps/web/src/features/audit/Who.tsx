import type { AuditEntry } from '@rapport/contracts'
import { Cog, KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'

export function Who({ actor }: Pick<AuditEntry, 'actor'>) {
  const { t } = useTranslation()
  const name = actor.name ?? t('audit.entry.erased_person')
  const Icon = actor.kind === 'api_key' ? KeyRound : Cog
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5">
      {actor.kind === 'user' ? (
        <Avatar name={name} size={20} decorative />
      ) : (
        <Icon className="size-4 shrink-0 text-faint" strokeWidth={1.75} aria-hidden />
      )}
      <span className="truncate">{name}</span>
      {actor.kind === 'user' ? null : <span className="sr-only">({t(`audit.kind.${actor.kind}`)})</span>}
    </span>
  )
}
