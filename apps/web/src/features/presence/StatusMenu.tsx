import { BellOff, CircleCheck, MessageSquareText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { readPeopleAgain, usePresenceOf } from '../../app/people.ts'
import { rapport } from '../../app/rapport.ts'
import { useMe } from '../../app/session.ts'
import { useFormat } from '../../ui/format.ts'
import { MenuItem, SubMenu } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

const hour_ms = 3_600_000

/** Tomorrow at eight, where the person is. */
function tomorrow(): Date {
  const at = new Date()
  at.setDate(at.getDate() + 1)
  at.setHours(8, 0, 0, 0)
  return at
}

/** Not to be disturbed, for how long; and what one is at. */
export function StatusMenu({ onSay }: { onSay: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const { user } = useMe()
  const mine = usePresenceOf(user.id)
  const pause = (until: Date | null) =>
    rapport.notifications
      .updateSettings({ body: { paused_until: until?.toISOString() ?? null } })
      .then(readPeopleAgain, (error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
  const paused = mine?.paused_until ?? null
  return (
    <>
      <MenuItem icon={MessageSquareText} onSelect={onSay}>
        {mine?.text ?? t('presence.say')}
      </MenuItem>
      {paused === null ? (
        <SubMenu icon={BellOff} label={t('presence.pause')}>
          <MenuItem onSelect={() => void pause(new Date(Date.now() + hour_ms / 2))}>
            {t('presence.half_hour')}
          </MenuItem>
          <MenuItem onSelect={() => void pause(new Date(Date.now() + hour_ms))}>
            {t('presence.hour')}
          </MenuItem>
          <MenuItem onSelect={() => void pause(new Date(Date.now() + 4 * hour_ms))}>
            {t('presence.four_hours')}
          </MenuItem>
          <MenuItem onSelect={() => void pause(tomorrow())}>{t('presence.tomorrow')}</MenuItem>
        </SubMenu>
      ) : (
        <MenuItem icon={CircleCheck} onSelect={() => void pause(null)}>
          {t('presence.resume', { when: format.dateTime(paused) })}
        </MenuItem>
      )}
    </>
  )
}
