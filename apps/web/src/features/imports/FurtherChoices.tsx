import type { ImportUpload } from '@rapport/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { RadioList } from '../../ui/RadioList.tsx'
import type { RecordKind } from '../records/kinds.ts'
import { useFields } from '../records/useFields.ts'
import type { Plan } from './plan.ts'

type Props = { shown: ImportUpload; kind: RecordKind; plan: Plan; onChange: (change: Partial<Plan>) => void }

/** What the file does not say: which of day and month comes first, whether what it names shall be made, and automation. */
export function FurtherChoices({ shown, kind, plan, onChange }: Props) {
  const { t } = useTranslation()
  const heading = useId()
  const fields = useFields(kind.object)
  const mayMake = useMay('companies:create')
  const open = shown.columns.filter(({ name, date_order, examples }) => {
    const type = fields.get(plan.mapping[name] ?? '')?.type
    const isDate = type === 'date' || type === 'datetime'
    return isDate && date_order === null && examples.some((text) => /^\d{1,2}[-/.]\d{1,2}[-/.]\d/.test(text))
  })
  const namesCompanies = Object.values(plan.mapping).some(
    (target) => fields.get(target ?? '')?.to === 'company',
  )
  return (
    <>
      {open.length > 0 ? (
        <section aria-labelledby={heading} className="flex flex-col gap-1">
          <h2 id={heading} className="text-15 font-semibold">
            {t('imports.dates.title')}
          </h2>
          <p className="text-13 text-muted">
            {t('imports.dates.text', { columns: open.map(({ name }) => name).join(', ') })}
          </p>
          <RadioList
            labelledBy={heading}
            value={plan.date_order ?? 'unsaid'}
            onChange={(order) => onChange({ date_order: order === 'unsaid' ? undefined : order })}
            className="-mx-2 mt-1 grid gap-1 sm:grid-cols-3"
            choices={(['unsaid', 'day_first', 'month_first'] as const).map((value) => ({
              value,
              label: t(`imports.dates.${value}.label`),
              text: t(`imports.dates.${value}.text`),
            }))}
          />
        </section>
      ) : null}
      {namesCompanies && mayMake ? (
        <Checkbox
          checked={plan.create_companies ?? false}
          onChange={(create_companies) => onChange({ create_companies })}
        >
          {t('imports.companies.create')}
        </Checkbox>
      ) : null}
      <Checkbox checked={plan.automation ?? false} onChange={(automation) => onChange({ automation })}>
        {t('imports.automation')}
      </Checkbox>
    </>
  )
}
