import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { playSound } from './sound.ts'
import type { FieldsProps } from './SettingsPage.tsx'

const usual = { from: '20:00', to: '08:00' }
const isClock = (text: string) => /^\d\d:\d\d$/.test(text)

/** When not to be disturbed, and whether a message may be heard. */
export function QuietFields({ settings, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const { quiet_hours: quiet, sound } = settings
  const move = (end: 'from' | 'to', time: string) => {
    // A browser tells of a half-emptied time by an empty text.
    if (quiet && isClock(time)) onChange({ quiet_hours: { ...quiet, [end]: time } })
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <Switch
          checked={quiet !== null}
          onChange={(wanted) => onChange({ quiet_hours: wanted ? usual : null })}
          className="min-h-control"
        >
          {t('notifications.settings.quiet_switch')}
        </Switch>
        {quiet
          ? (['from', 'to'] as const).map((end) => (
              <Field key={end} label={t(`notifications.settings.quiet_${end}`)} className="w-28">
                <Input
                  type="time"
                  defaultValue={quiet[end]}
                  onBlur={(event) => move(end, event.target.value)}
                />
              </Field>
            ))
          : null}
      </div>
      <Switch
        checked={sound}
        onChange={(wanted) => {
          onChange({ sound: wanted })
          if (wanted) playSound('sample')
        }}
      >
        {t('notifications.settings.sound')}
      </Switch>
    </div>
  )
}
