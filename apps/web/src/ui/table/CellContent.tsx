import { Check } from 'lucide-react'
import { Avatar } from '../Avatar.tsx'
import { cx } from '../cx.ts'
import type { Format } from '../format.ts'
import { linkTo } from '../linkTo.ts'
import { StagePill } from '../StagePill.tsx'
import { chosenOptions, findOption, formatCell, isEmptyValue, optionsOf, readCell } from './cellValue.ts'
import type { DataColumn } from './types.ts'

type CellContentProps<Row> = { column: DataColumn<Row>; row: Row; format: Format }

const LINK = 'truncate text-ink underline decoration-line-strong underline-offset-3 hover:decoration-current'

/** How a value looks when nobody edits it. */
export function CellContent<Row>({ column, row, format }: CellContentProps<Row>) {
  if (column.render) return <>{column.render(row)}</>
  const value = readCell(column, row)
  if (isEmptyValue(value)) return null
  const text = formatCell(column, row, format)
  switch (column.type) {
    case 'select': {
      const option = findOption(optionsOf(column, row), value)
      return option?.hue ? (
        <StagePill hue={option.hue}>{text}</StagePill>
      ) : (
        <span className="truncate">{text}</span>
      )
    }
    case 'boolean':
      return (
        <span className={cx('flex items-center gap-1.5', value !== true && 'text-muted')}>
          {value === true ? <Check className="size-4 text-success-ink" strokeWidth={2} aria-hidden /> : null}
          {text}
        </span>
      )
    case 'multi_select':
      return (
        <span className="flex min-w-0 gap-1 overflow-hidden">
          {chosenOptions(optionsOf(column, row), value).map((option) => (
            <StagePill key={option.value} hue={option.hue ?? 'slate'}>
              {option.label}
            </StagePill>
          ))}
        </span>
      )
    case 'user':
      return (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={text} size={20} decorative />
          <span className="truncate">{text}</span>
        </span>
      )
    case 'email':
      return <CellLink href={linkTo('email', text)} text={text} />
    case 'phone':
      return <CellLink href={linkTo('phone', String(value))} text={text} />
    case 'url':
      return <CellLink href={linkTo('url', text)} text={text.replace(/^https?:\/\/(www\.)?/, '')} outside />
    case 'emails':
    case 'phones':
    case 'text':
    case 'long_text':
    case 'number':
    case 'money':
    case 'date':
    case 'datetime':
      return <span className="truncate">{text}</span>
  }
}

function CellLink({
  href,
  text,
  outside = false,
}: {
  href: string | undefined
  text: string
  outside?: boolean
}) {
  if (href === undefined) return <span className="truncate">{text}</span>
  const target = outside ? { target: '_blank', rel: 'noreferrer' } : {}
  return (
    <a href={href} {...target} tabIndex={-1} draggable={false} className={LINK}>
      {text}
    </a>
  )
}
