import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useFormat } from '../../ui/format.ts'
import { useNow } from '../follow-ups/useNow.ts'
import type { Line } from './lines.ts'
import type { Said } from './messages.ts'
import type { UnsentMessage } from './unsent.ts'
import { isMeant } from './messageKeys.ts'
import type { Jump } from './useJump.ts'

export type ConversationLine = Line<Said, UnsentMessage>
type Row = ConversationLine | { kind: 'head'; key: 'head' }

type Props = {
  label: string
  lines: readonly ConversationLine[]
  /** A few messages stand at the end, where one writes; else right below the head. */
  fromEnd: boolean
  hasOlder: boolean
  hasNewer: boolean
  onOlder: () => Promise<void>
  onNewer: () => Promise<void>
  onLatest: () => Promise<void>
  /** Scrolls to this message and marks it; another visit does it again. */
  jump: Jump | null
  onAtEnd: (atEnd: boolean) => void
  /** Above the first message. */
  head: ReactNode
  /** @param state whether the address names it, and whether the focus is in it */
  renderLine: (line: ConversationLine, state: { marked: boolean; active: boolean }) => ReactNode
  onKey: (event: KeyboardEvent, line: ConversationLine) => void
}

const day_ms = 24 * 60 * 60_000
/** So close to the end counts as the end: what comes then is followed. */
const end_px = 80
/** As it is laid out: what the virtualizer expects is a frame behind while heights are measured. */
const isNearEnd = (element: HTMLElement | null): boolean =>
  element === null || element.scrollHeight - element.clientHeight - element.scrollTop <= end_px
const prefetch_lines = 12
const heights = { head: 120, day: 36, new: 28, message: 52, follows: 28 }
function heightOf(row: Row | undefined): number {
  if (row?.kind === 'message' || row?.kind === 'unsent')
    return row.follows ? heights.follows : heights.message
  return heights[row?.kind ?? 'day']
}

/** A conversation from old to new. It stays where one reads, whatever is added before or after. */
export function MessageList(props: Props) {
  const { label, fromEnd, hasOlder, hasNewer, onOlder, onNewer, onLatest, jump, onAtEnd, head, renderLine } =
    props
  const lines = useMemo<readonly Row[]>(
    () => (props.hasOlder ? props.lines : [{ kind: 'head', key: 'head' }, ...props.lines]),
    [props.hasOlder, props.lines],
  )
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [focused, setFocused] = useState<string | null>(null)
  const [active, setActive] = useState<string | null>(null)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(lines[index]),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 10,
    paddingEnd: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: end_px,
  })
  const items = virtualizer.getVirtualItems()

  // Opened where the news begins, or at the end.
  const begun = useRef(false)
  useLayoutEffect(() => {
    if (begun.current || lines.length === 0) return
    begun.current = true
    if (jump) return
    const news = lines.findIndex(({ kind }) => kind === 'new')
    if (news === -1) virtualizer.scrollToEnd()
    else virtualizer.scrollToIndex(news, { align: 'start' })
  }, [lines, virtualizer, jump])

  const jumped = useRef('')
  useEffect(() => {
    if (!jump || jumped.current === jump.visit) return
    const index = lines.findIndex((line) => line.kind === 'message' && line.message.id === jump.id)
    if (index === -1) return
    jumped.current = jump.visit
    virtualizer.scrollToIndex(index, { align: 'center' })
    setFocused(lines[index]?.key ?? null)
  }, [jump, lines, virtualizer])

  const loading = useRef(false)
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (loading.current || !begun.current) return
    const more =
      hasOlder && first < prefetch_lines
        ? onOlder
        : hasNewer && last > lines.length - prefetch_lines
          ? onNewer
          : null
    if (!more) return
    loading.current = true
    void more().finally(() => {
      loading.current = false
    })
  }, [first, last, lines.length, hasOlder, hasNewer, onOlder, onNewer])

  const noteEnd = () => {
    const now = isNearEnd(scroller.current)
    if (now !== atEnd) setAtEnd(now)
  }
  // A jump and what is added change where the end is without anybody scrolling.
  const total = virtualizer.getTotalSize()
  useEffect(() => {
    const frame = requestAnimationFrame(() => setAtEnd(isNearEnd(scroller.current)))
    return () => cancelAnimationFrame(frame)
  }, [virtualizer, first, last, lines.length, total])
  useEffect(() => onAtEnd(atEnd && !hasNewer), [atEnd, hasNewer, onAtEnd])

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-line]')
    const at = lines.findIndex(({ key }) => key === row?.dataset['line'])
    const line = lines[at]
    if (!line || line.kind === 'head' || event.target !== row) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || event.altKey) return props.onKey(event, line)
    event.preventDefault()
    for (let next = at + step; lines[next]; next += step) {
      const { kind, key } = lines[next] as Row
      if (kind !== 'message' && kind !== 'unsent') continue
      setFocused(key)
      virtualizer.scrollToIndex(next, { align: 'auto' })
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`)?.focus(),
      )
      return
    }
  }
  // One stop of the Tab key: the message that had the focus last, or the latest.
  const isThere = focused !== null && items.some(({ index }) => lines[index]?.key === focused)
  const stop = isThere
    ? focused
    : lines[items.findLast(({ index }) => isMessage(lines[index]))?.index ?? -1]?.key
  const stopOf = (key: string) => ({
    tabIndex: key === stop ? 0 : -1,
    onFocus: (event: FocusEvent) => {
      setFocused(key)
      if (isMeant(event)) setActive(key)
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) setActive(null)
    },
  })
  const keys = { onKeyDown: move }

  // What is typed below, or a keyboard that rises, takes room away: the end stays in sight.
  const following = useRef(true)
  useEffect(() => {
    following.current = atEnd
  }, [atEnd])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (following.current) virtualizer.scrollToEnd()
      setAtEnd(isNearEnd(element))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [virtualizer])
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label={label}
        // What is scrolled into view is no news: that is announced by itself.
        aria-live="off"
        className="absolute inset-0 flex flex-col overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none]"
        onScroll={noteEnd}
        {...keys}
      >
        <div
          className={cx('relative w-full shrink-0', fromEnd && 'mt-auto')}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, key, start }) => {
            const line = lines[index]
            if (!line) return null
            return (
              <div
                key={key}
                data-index={index}
                ref={virtualizer.measureElement}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                {line.kind === 'head' ? (
                  head
                ) : line.kind === 'day' ? (
                  <Day day={line.day} />
                ) : line.kind === 'new' ? (
                  <New />
                ) : (
                  <article
                    aria-label={line.kind === 'message' ? nameOf(line) : t('chat.unsent.label')}
                    data-line={line.key}
                    className="-outline-offset-2"
                    {...stopOf(line.key)}
                  >
                    {renderLine(line, {
                      marked: line.kind === 'message' && line.message.id === jump?.id,
                      active: line.key === active,
                    })}
                  </article>
                )}
              </div>
            )
          })}
        </div>
      </div>
      {atEnd && !hasNewer ? null : (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <Button
            size="small"
            icon={ArrowDown}
            className="pointer-events-auto shadow-float"
            onClick={() => {
              const toEnd = () => requestAnimationFrame(() => virtualizer.scrollToEnd())
              if (hasNewer) void onLatest().then(toEnd)
              else toEnd()
            }}
          >
            {t('chat.latest')}
          </Button>
        </div>
      )}
    </div>
  )
}

const isMessage = (line: Row | undefined) => line?.kind === 'message' || line?.kind === 'unsent'
const nameOf = ({ message }: { message: Said }) => message.author.name

function Day({ day }: { day: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const today = format.day(now.toISOString())
  const yesterday = format.day(new Date(now.getTime() - day_ms).toISOString())
  const label =
    day === today ? t('chat.today') : day === yesterday ? t('chat.yesterday') : format.wholeDay(day)
  return (
    <div className="flex items-center gap-3 px-4 py-2">
      <span className="h-px flex-1 bg-line" />
      <h3 className="text-12 font-medium text-muted first-letter:uppercase">{label}</h3>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

function New() {
  const { t } = useTranslation()
  return (
    <div className="flex items-center gap-3 px-4 py-1">
      <span className="h-px flex-1 bg-danger" />
      <span className="text-11 font-semibold text-danger-ink uppercase">{t('chat.new')}</span>
    </div>
  )
}
