import type { ImportUpload } from '@rapport/contracts'
import { Building2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { isCustom } from './mapping.ts'
import type { Plan } from './plan.ts'

type Props = {
  shown: ImportUpload
  plan: Plan
  onChange: (change: Partial<Plan>) => void
  /** The button is gone then, and with it the focus. */
  onLinked: (column: string) => void
}

/** A column that names companies which are not here yet: its rows can be linked, and the companies made. */
export function MissingCompanies({ shown, plan: { mapping }, onChange, onLinked }: Props) {
  const { t } = useTranslation()
  const used = new Set(Object.values(mapping))
  const [column] = shown.columns.filter(
    ({ name, missing_relation }) =>
      missing_relation !== null && !used.has(missing_relation) && isCustom(mapping[name]),
  )
  if (!column) return null
  const link = () => {
    onChange({ mapping: { ...mapping, [column.name]: column.missing_relation }, create_companies: true })
    onLinked(column.name)
  }
  return (
    <div
      role="note"
      className="my-2 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-base bg-info-soft px-3 py-2 text-13 text-info-ink"
    >
      <p className="min-w-56 flex-1">
        {t('imports.companies.missing', { column: column.name, examples: column.examples.join(', ') })}
      </p>
      <Button size="small" icon={Building2} onClick={link}>
        {t('imports.companies.link')}
      </Button>
    </div>
  )
}
