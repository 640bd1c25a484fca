import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { countTargets } from './mapping.ts'
import type { Mapping } from './plan.ts'

export function MappingSummary({ mapping }: { mapping: Mapping }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { fields, custom, left_out } = countTargets(mapping)
  const say = (key: 'to_fields' | 'to_custom' | 'left_out', count: number) =>
    t(`imports.map.${key}`, { count, formatted: format.number(count) })
  return (
    <p className="mr-auto text-12 text-muted tabular" aria-live="polite">
      {[
        say('to_fields', fields),
        ...(custom > 0 ? [say('to_custom', custom)] : []),
        ...(left_out > 0 ? [say('left_out', left_out)] : []),
      ].join(' · ')}
    </p>
  )
}
