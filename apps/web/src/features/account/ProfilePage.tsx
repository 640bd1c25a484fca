import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/Page.tsx'
import { OwnAbsence } from '../assignment/OwnAbsence.tsx'
import { DeleteAccount } from './DeleteAccount.tsx'
import { NameForm } from './NameForm.tsx'
import { PreferenceFields } from './PreferenceFields.tsx'
import { Section } from '../../ui/Section.tsx'

export function ProfilePage() {
  const { t } = useTranslation()
  return (
    <Page title={t('account.profile.title')}>
      <div className="flex flex-col gap-6">
        <Section title={t('account.profile.you')}>
          <NameForm />
        </Section>
        <Section title={t('account.profile.preferences')} text={t('account.profile.preferences_text')}>
          <PreferenceFields />
        </Section>
        <OwnAbsence />
        <Section title={t('account.delete.title')} text={t('account.delete.text')}>
          <DeleteAccount />
        </Section>
      </div>
    </Page>
  )
}
