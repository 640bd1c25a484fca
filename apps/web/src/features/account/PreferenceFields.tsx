import { dateFormats, themes, weekStarts } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, nameLanguage } from '../../app/i18n.ts'
import { useSavePreferences, type PreferenceChange } from '../../app/preferences.ts'
import { useMe } from '../../app/session.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { Field } from '../../ui/Field.tsx'
import { makeFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { zoneOptions } from './timeZones.ts'

/** Each takes effect, and is saved, at once. */
export function PreferenceFields() {
  const { t, i18n } = useTranslation()
  const describe = useDescribeProblem()
  const { preferences } = useMe()
  const save = useSavePreferences()
  const zones = useMemo(() => zoneOptions(preferences.time_zone), [preferences.time_zone])
  const change = (body: PreferenceChange) =>
    save.mutate(body, {
      onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
    })
  const [today] = useState(() => new Date().toISOString())
  return (
    <div className="grid max-w-xl gap-4 sm:grid-cols-2">
      <Field label={t('account.preference.language')}>
        <Select
          options={LANGUAGES.map((tag) => ({ value: tag, label: nameLanguage(tag) }))}
          value={preferences.language}
          onChange={(language) => change({ language: language as typeof preferences.language })}
        />
      </Field>
      <Field label={t('account.preference.theme')}>
        <Select
          options={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
          value={preferences.theme}
          onChange={(theme) => change({ theme })}
        />
      </Field>
      <Field label={t('account.preference.time_zone')} className="sm:col-span-2">
        <Combobox
          options={zones}
          value={preferences.time_zone}
          onChange={(time_zone) => time_zone && change({ time_zone })}
        />
      </Field>
      <Field label={t('account.preference.date_format')}>
        <Select
          options={dateFormats.map((value) => ({
            value,
            label:
              value === 'auto'
                ? t('account.preference.date_auto', { example: makeFormat(i18n.language).date(today) })
                : makeFormat(i18n.language, { date_format: value }).date(today),
          }))}
          value={preferences.date_format}
          onChange={(date_format) => change({ date_format })}
        />
      </Field>
      <Field label={t('account.preference.week_start')} hint={t('account.preference.week_start_hint')}>
        <Select
          options={weekStarts.map((value) => ({ value, label: t(`account.week_start.${value}`) }))}
          value={preferences.week_start}
          onChange={(week_start) => change({ week_start })}
        />
      </Field>
      <div className="sm:col-span-2">
        <Switch
          checked={preferences.security_mails}
          onChange={(security_mails) => change({ security_mails })}
        >
          {t('account.preference.security_mails')}
        </Switch>
        <p className="pl-10 text-12 text-muted">{t('account.preference.security_mails_text')}</p>
      </div>
    </div>
  )
}
