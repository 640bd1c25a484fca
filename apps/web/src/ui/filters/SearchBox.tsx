import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../cx.ts'
import { Input } from '../Input.tsx'

type SearchBoxProps = {
  value: string
  /** Called when the person pauses, presses Enter or clears. */
  onChange: (value: string) => void
  label?: string
  delay_ms?: number
  className?: string
  ref?: Ref<HTMLInputElement>
}

export function SearchBox({ value, onChange, label, delay_ms = 200, className, ref }: SearchBoxProps) {
  const { t } = useTranslation()
  const name = label ?? t('table.filter.search')
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  const timer = useRef(0)
  // Going back in history or opening a saved view changes the search from outside.
  if (value !== seen) {
    setSeen(value)
    if (value !== text.trim()) setText(value)
  }
  useEffect(() => () => window.clearTimeout(timer.current), [])

  function change(next: string, wait: number) {
    setText(next)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => onChange(next.trim()), wait)
  }
  return (
    <div className={cx('[&_input::-webkit-search-cancel-button]:hidden', className)}>
      <Input
        ref={ref}
        size="small"
        type="search"
        icon={Search}
        value={text}
        aria-label={name}
        placeholder={name}
        onChange={(event) => change(event.target.value, delay_ms)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') change(text, 0)
          if (event.key !== 'Escape' || text === '') return
          event.preventDefault()
          event.stopPropagation()
          change('', 0)
        }}
        trailing={
          text === '' ? (
            ''
          ) : (
            <button
              type="button"
              aria-label={t('table.filter.clear_search')}
              onClick={() => change('', 0)}
              className="flex size-6 items-center justify-center rounded-small text-faint hover:text-ink"
            >
              <X className="size-3.5" aria-hidden />
            </button>
          )
        }
      />
    </div>
  )
}
