import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useMay } from '../../app/session.ts'
import { Page } from '../../ui/Page.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { RequestsTab } from './RequestsTab.tsx'
import { RetentionTab } from './RetentionTab.tsx'
import { TransfersTab } from './TransfersTab.tsx'

const tabs = ['requests', 'retention', 'transfers'] as const
type TabName = (typeof tabs)[number]

/** What persons may ask for, how long what is kept, and what was handed out. */
export function PrivacyPage() {
  const { t } = useTranslation()
  const mayManage = useMay('privacy:manage')
  const [search, setSearch] = useSearchParams()
  const shown = mayManage ? tabs : (['retention'] as const)
  const panels: Record<TabName, React.ReactNode> = {
    requests: <RequestsTab />,
    retention: <RetentionTab readOnly={!mayManage} />,
    transfers: <TransfersTab />,
  }
  const chosen = shown.find((name) => name === search.get('tab')) ?? shown[0] ?? 'retention'
  return (
    <Page title={t('privacy.title')}>
      <p className="pb-3 text-13 text-muted">{t('privacy.intro')}</p>
      <Tabs<TabName>
        label={t('privacy.title')}
        value={chosen}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={shown.map((name) => ({ value: name, label: t(`privacy.tab.${name}`), panel: panels[name] }))}
      />
    </Page>
  )
}
