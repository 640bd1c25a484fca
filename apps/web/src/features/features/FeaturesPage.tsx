import { featureNames, type Feature } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { FileInput, KeyRound, Search, Zap } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Switch } from '../../ui/Switch.tsx'
import { featuresQuery, useSwitchFeature } from './api.ts'

const icons: Record<Feature, LucideIcon> = {
  imports: FileInput,
  search: Search,
  api_keys: KeyRound,
  realtime: Zap,
}

/** What the organization uses of the product. A switch takes effect at once, for everyone. */
export function FeaturesPage() {
  const { t } = useTranslation()
  const { data: flags } = useSuspenseQuery(featuresQuery)
  const mayManage = useMay('features:manage')
  return (
    <Page title={t('features.title')}>
      <p className="pb-2 text-13 text-muted">
        {t(mayManage ? 'features.intro' : 'features.intro_read_only')}
      </p>
      <ul aria-label={t('features.title')} className="divide-y divide-line">
        {featureNames.map((feature) => (
          <FeatureRow key={feature} feature={feature} on={flags[feature]} readOnly={!mayManage} />
        ))}
      </ul>
    </Page>
  )
}

type RowProps = { feature: Feature; on: boolean; readOnly: boolean }

function FeatureRow({ feature, on, readOnly }: RowProps) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const name = t(`features.name.${feature}`)
  const textId = useId()
  const change = useSwitchFeature()
  const Icon = icons[feature]
  const set = (next: boolean) =>
    change.mutate(
      { feature, on: next },
      {
        onSuccess: () => {
          if (!next) notify.undo(t('features.switched_off', { name }), () => set(true))
        },
        onError: (error) => notify.problem(t('features.not_switched', { name }), describe(error)),
      },
    )
  return (
    <li className="flex items-start gap-3 py-3">
      <Icon className="mt-0.5 size-4 shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium">{name}</p>
        <p id={textId} className="text-12 text-muted">
          {t(`features.text.${feature}`)}
        </p>
        {on ? null : <p className="pt-1 text-12 text-warn-ink">{t(`features.off.${feature}`)}</p>}
      </div>
      {readOnly ? (
        <span className="text-12 text-muted">{t(on ? 'features.state.on' : 'features.state.off')}</span>
      ) : (
        <Switch label={name} describedBy={textId} checked={on} onChange={set} />
      )}
    </li>
  )
}
