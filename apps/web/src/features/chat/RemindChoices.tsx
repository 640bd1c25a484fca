import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { remindersFrom } from './reminders.ts'

type Props = { onChoose: (due_at: string) => void; onOther: () => void }

/** The times that one mostly means, and any other. */
export function RemindChoices({ onChoose, onOther }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened_at] = useState(() => new Date())
  return (
    <>
      {remindersFrom(opened_at, format).map(({ name, due_at }) => (
        <MenuItem key={name} onSelect={() => onChoose(due_at)}>
          {t(`chat.remind.${name}`)}{' '}
          <span className="text-faint tabular">
            {name === 'tomorrow' || name === 'next_week' ? `${format.weekday(format.day(due_at))} ` : ''}
            {format.time(due_at)}
          </span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={onOther}>{t('chat.remind.other')}</MenuItem>
    </>
  )
}
