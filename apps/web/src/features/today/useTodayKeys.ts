import { useTranslation } from 'react-i18next'
import { useHotkeys } from '../../ui/useHotkeys.ts'
import { callLink, messageLink } from '../follow-ups/reach.ts'
import type { DayItem } from './dayItems.ts'
import { follow } from './followLink.ts'

type Keys = {
  shown: readonly DayItem[]
  selected: string | null
  select: (id: string) => void
  open: (item: DayItem) => void
  log: (item: DayItem) => void
  next: (item: DayItem) => void
  snooze: (item: DayItem) => void
}

/** With nothing chosen, the first one is meant. */
export function useTodayKeys({ shown, selected, select, open, log, next, snooze }: Keys): void {
  const { t } = useTranslation()
  const group = t('today.title')
  const at = shown.findIndex(({ id }) => id === selected)
  const step = (by: number) => {
    const target = shown[Math.min(Math.max(at + by, 0), shown.length - 1)]
    if (target) select(target.id)
  }
  const onChosen =
    (work: (item: DayItem) => void, needsRight = false) =>
    () => {
      const chosen = shown[Math.max(at, 0)]
      if (!chosen || (needsRight && !chosen.may_change)) return
      // What leaves the list hands its place to the one after it.
      if (chosen.id !== selected) select(chosen.id)
      work(chosen)
    }
  useHotkeys([
    { keys: 'j', label: t('today.key.down'), group, run: () => step(1) },
    { keys: 'k', label: t('today.key.up'), group, run: () => step(-1) },
    { keys: 'o', label: t('today.key.open'), group, run: onChosen(open) },
    {
      keys: 'p',
      label: t('today.key.call'),
      group,
      run: onChosen((one) => follow(one.followUp ? callLink(one.followUp) : null)),
    },
    {
      keys: 'm',
      label: t('today.key.message'),
      group,
      run: onChosen((one) => follow(one.followUp ? messageLink(one.followUp) : null)),
    },
    { keys: 'l', label: t('today.key.log'), group, run: onChosen(log, true) },
    { keys: 's', label: t('today.key.snooze'), group, run: onChosen(snooze, true) },
    { keys: 'n', label: t('today.key.next'), group, run: onChosen(next, true) },
  ])
}
