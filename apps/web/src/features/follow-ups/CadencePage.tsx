import type { Cadence } from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Page } from '../../ui/Page.tsx'
import { cadenceQuery } from './api.ts'
import { CadenceForm } from './CadenceForm.tsx'

/** When follow-ups are proposed, and between which hours people are called. */
export function CadencePage() {
  const { t } = useTranslation()
  const { data: cadence } = useSuspenseQuery(cadenceQuery)
  const mayChange = useMay('organization:update')
  return (
    <Page title={t('followUps.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-13 text-muted">{t('followUps.cadence.intro')}</p>
        {mayChange ? null : <Banner kind="info">{t('followUps.cadence.read_only')}</Banner>}
        <CadenceForm key={textOf(cadence)} cadence={cadence} readOnly={!mayChange} />
      </div>
    </Page>
  )
}

/** What somebody else has set begins the form anew. */
const textOf = (cadence: Cadence) => JSON.stringify(cadence)
