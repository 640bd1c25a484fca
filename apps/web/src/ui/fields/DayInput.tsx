import { Popover as Base } from '@base-ui/react/popover'
import { Calendar } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ComponentProps, FocusEvent, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '../calendar/days.ts'
import { cx } from '../cx.ts'
import { useFormat } from '../format.ts'
import { IconButton } from '../IconButton.tsx'
import { Input } from '../Input.tsx'
import { DayPicker } from './DayPicker.tsx'
import { loadWords, type Moment } from './dateWords.ts'
import { readMoment } from './readDate.ts'

type Props = Omit<ComponentProps<typeof Input>, 'value' | 'trailing'> & {
  value: string
  onText: (text: string) => void
  timed: boolean
  /** A time may be told, and need not be. */
  either?: boolean
}

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -7, PageDown: 7 }

/**
 * A day in words or digits, with a month beside it that shows what was understood. The focus stays in the text: arrows
 * go from day to day, and a click on a day writes it.
 */
export function DayInput({ value, onText, timed, either = false, onKeyDown, onBlur, ...rest }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLSpanElement>(null)
  const read = useReadDay()
  const moment = read(value)
  const found = moment?.wall ?? null
  const [now] = useState(() => new Date())
  const today = format.wall(now).slice(0, 10)
  const [day = null, time = '09:00'] = found?.split('T') ?? []

  function pick(next: string) {
    onText(timed ? `${format.writtenDay(next)} ${time}` : format.writtenDay(next))
  }
  function press(event: KeyboardEvent<HTMLInputElement>) {
    const by = steps[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setOpen(true)
      pick(day === null ? today : addDays(day, by))
    } else if (event.key === 'Escape' && open) {
      // Only what lies on top closes.
      event.stopPropagation()
      event.preventDefault()
      setOpen(false)
      return
    }
    onKeyDown?.(event)
  }
  function leave(event: FocusEvent<HTMLInputElement>) {
    setOpen(false)
    onBlur?.(event)
  }

  return (
    <span ref={box} className={cx('relative block w-full', rest.bare && 'h-full')}>
      <Input
        {...rest}
        value={value}
        onChange={(event) => {
          onText(event.target.value)
          setOpen(true)
        }}
        onKeyDown={press}
        onBlur={leave}
        placeholder={
          rest.placeholder ?? t(timed || either ? 'table.day.moment_example' : 'table.day.example')
        }
        trailing={
          <IconButton
            icon={Calendar}
            size="small"
            tabIndex={-1}
            label={t('table.day.pick')}
            // The focus stays in the text, where leaving it would save.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              box.current?.querySelector('input')?.focus()
              setOpen(!open)
            }}
          />
        }
      />
      <output className="sr-only">{open && found ? sayMoment(found) : ''}</output>
      <Base.Root open={open}>
        <Base.Portal>
          <Base.Positioner anchor={box} side="bottom" align="start" sideOffset={4} className="z-50">
            <Base.Popup
              initialFocus={false}
              finalFocus={false}
              aria-label={t('table.day.pick')}
              onMouseDown={(event) => event.preventDefault()}
              className="float-surface float-motion w-64 p-2"
            >
              <DayPicker
                day={day}
                today={today}
                onPick={(next) => {
                  pick(next)
                  if (!timed) setOpen(false)
                }}
              />
              <p className="px-1 pt-1 text-12 text-muted first-letter:uppercase">
                {found ? sayMoment(found) : value.trim() === '' ? t('table.day.hint') : t('table.edit.date')}
              </p>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </span>
  )

  function sayMoment(wall: string): string {
    const words = format.wholeDay(wall.slice(0, 10))
    return timed || (either && moment?.timed) ? `${words}, ${format.time(format.instant(wall))}` : words
  }
}

/** Reads digits at once, and words as soon as their reader has come. */
function useReadDay(): (text: string) => Moment | null {
  const format = useFormat()
  const [, setReady] = useState(false)
  useEffect(() => {
    let here = true
    void loadWords(format.locale).then(() => here && setReady(true))
    return () => {
      here = false
    }
  }, [format.locale])
  return (text) => (text.trim() === '' ? null : readMoment(text.trim(), format))
}
