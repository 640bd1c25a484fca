import { Field as Base } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** Grows with its text up to a third of the screen. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <Base.Control
      render={
        <textarea
          rows={rows}
          {...rest}
          className={cx(
            'control-surface field-sizing-content max-h-[33dvh] min-h-16 w-full resize-y px-2.5 py-1.5',
            className,
          )}
        />
      }
    />
  )
}
