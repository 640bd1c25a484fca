import { useQuery } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { cx } from '../../ui/cx.ts'
import { Input } from '../../ui/Input.tsx'
import { lostReasonsQuery } from './api.ts'

type Props = Omit<ComponentProps<typeof Input>, 'value' | 'onChange'> & {
  value: string
  onChange: (reason: string) => void
}

/** Why something was lost: one of the organization's reasons with one press, or in one's own words. */
export function ReasonInput({ value, onChange, ...control }: Props) {
  const { t } = useTranslation()
  const { data: reasons = [] } = useQuery({ ...lostReasonsQuery, enabled: useMay('pipelines:read') })
  return (
    <div className="flex flex-col gap-2">
      {reasons.length > 0 ? (
        <fieldset aria-label={t('board.reasons')} className="flex flex-wrap gap-1.5">
          {reasons.map((reason) => (
            <button
              key={reason}
              type="button"
              aria-pressed={reason === value}
              onClick={() => onChange(reason)}
              className={cx(
                'rounded-base border px-2 py-1 text-12 pointer-coarse:py-2',
                reason === value
                  ? 'border-accent bg-selected text-ink'
                  : 'border-line text-muted hover:bg-hover',
              )}
            >
              {reason}
            </button>
          ))}
        </fieldset>
      ) : null}
      <Input
        {...control}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
