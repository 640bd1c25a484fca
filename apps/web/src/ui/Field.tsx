import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  name?: string
  disabled?: boolean
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean
  className?: string
  children: ReactNode
}

/** Label above, control, then the hint or, in its place, what is wrong. */
export function Field(props: FieldProps) {
  const { label, hint, error, optional = false, labelHidden = false, className, children, ...rest } = props
  const { t } = useTranslation()
  return (
    <Base.Root {...rest} invalid={error !== undefined} className={cx('flex flex-col gap-1', className)}>
      <Base.Label className={labelHidden ? 'sr-only' : 'w-fit text-12 font-medium text-ink'}>
        {label}
        {optional ? <span className="ml-1 font-normal text-faint">{t('common.field.optional')}</span> : null}
      </Base.Label>
      {children}
      {error === undefined && hint ? (
        <Base.Description className="text-12 text-muted">{hint}</Base.Description>
      ) : null}
      <Base.Error match={error !== undefined} className="text-12 text-danger-ink">
        {error}
      </Base.Error>
    </Base.Root>
  )
}
