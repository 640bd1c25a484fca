import {
  describeNotification,
  notificationChannels,
  notificationTopics,
  notificationTypes,
  type NotificationChannel,
  type NotificationSettings,
  type NotificationType,
} from '@rapport/contracts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Section } from '../../ui/Section.tsx'
import { settingsQuery, useChangeSettings, type SettingsChange } from './api.ts'
import { DigestFields } from './DigestFields.tsx'
import { PushSection } from './PushSection.tsx'
import { QuietFields } from './QuietFields.tsx'

/** What one is told of, and how. Each choice takes effect, and is saved, at once. */
export function SettingsPage() {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const { data: settings } = useSuspenseQuery(settingsQuery)
  const { mutate } = useChangeSettings()
  const change = (body: SettingsChange) =>
    mutate(body, { onError: (error) => notify.problem(t('common.problem.title'), describe(error)) })
  return (
    <Page title={t('notifications.settings.title')}>
      <div className="flex flex-col gap-6">
        <Section title={t('notifications.settings.what')} text={t('notifications.settings.what_text')}>
          <WayTable settings={settings} onChange={change} />
        </Section>
        <PushSection />
        <Section title={t('notifications.settings.quiet')} text={t('notifications.settings.quiet_text')}>
          <QuietFields settings={settings} onChange={change} />
        </Section>
        <Section title={t('notifications.settings.digest')} text={t('notifications.settings.digest_text')}>
          <DigestFields settings={settings} onChange={change} />
        </Section>
      </div>
    </Page>
  )
}

export type FieldsProps = { settings: NotificationSettings; onChange: (change: SettingsChange) => void }

/** A row for each thing to be told of, a column for each way. */
function WayTable({ settings, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const choose = (type: NotificationType, way: NotificationChannel, wanted: boolean) =>
    onChange({ channels: { [type]: { [way]: wanted } } })
  return (
    <table className="w-full table-fixed border-collapse text-13">
      <thead>
        <tr className="text-left text-12 text-muted">
          <th scope="col" className="py-1.5 pr-2 font-medium">
            <span className="sr-only">{t('notifications.settings.type')}</span>
          </th>
          {notificationChannels.map((way) => (
            <th
              key={way}
              scope="col"
              className="w-12 px-0.5 py-1.5 text-center align-bottom font-medium md:w-20"
            >
              {t(`notifications.way.${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {notificationTopics.map((topic) => (
          <Fragment key={topic}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={notificationChannels.length + 1}
                className="pt-4 pb-1 text-left text-12 font-semibold text-muted"
              >
                {t(`notifications.topic.${topic}`)}
              </th>
            </tr>
            {notificationTypes
              .filter((type) => describeNotification(type).topic === topic)
              .map((type) => (
                <tr key={type} className="border-t border-line">
                  <th scope="row" className="py-2 pr-2 text-left font-normal">
                    {t(`notifications.type.${type}`)}
                  </th>
                  {notificationChannels.map((way) => (
                    <td key={way} className="px-0.5 py-2 text-center align-middle *:align-middle">
                      <Checkbox
                        checked={settings.channels[type][way]}
                        onChange={(wanted) => choose(type, way, wanted)}
                        label={`${t(`notifications.type.${type}`)}: ${t(`notifications.way.${way}`)}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
