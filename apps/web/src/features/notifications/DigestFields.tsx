import { digests } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import type { FieldsProps } from './SettingsPage.tsx'

export function DigestFields({ settings, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const { digest, digest_at } = settings
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <Field label={t('notifications.settings.digest_how')} className="w-48">
        <Select
          options={digests.map((value) => ({ value, label: t(`notifications.digest.${value}`) }))}
          value={digest}
          onChange={(wanted) => onChange({ digest: wanted })}
        />
      </Field>
      {digest === 'daily' ? (
        <Field label={t('notifications.settings.digest_at')} className="w-28">
          <Input
            type="time"
            defaultValue={digest_at}
            onBlur={({ target: { value } }) => {
              if (value !== '' && value !== digest_at) onChange({ digest_at: value })
            }}
          />
        </Field>
      ) : null}
    </div>
  )
}
