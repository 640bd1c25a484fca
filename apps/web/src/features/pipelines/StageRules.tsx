import { forecastCategories, forecastCategoryOf, type Pipeline, type Stage } from '@rapport/contracts'
import { SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { Select } from '../../ui/Select.tsx'
import { kindOf } from '../records/kinds.ts'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useFields } from '../records/useFields.ts'
import { CommitInput } from './CommitInput.tsx'
import type { StageChange } from './StageRow.tsx'

type Props = { pipeline: Pipeline; stage: Stage; onChange: (change: StageChange) => Promise<unknown> }

/** What a stage asks for before a record enters, and from when on one has stood there too long. */
export function StageRules({ pipeline, stage, onChange }: Props) {
  const { t } = useTranslation()
  const labelOf = useFieldLabel()
  const title = kindOf(pipeline.object)?.title
  const options = [...useFields(pipeline.object).values()]
    .filter(({ name, type, writable }) => writable && type !== 'id' && name !== title && name !== 'currency')
    .map(({ name }) => ({ value: name, label: labelOf(name) }))
  const label = t('pipelines.rules', { name: stage.name })
  return (
    <Popover
      trigger={<IconButton icon={SlidersHorizontal} size="small" label={label} />}
      label={label}
      align="end"
      className="w-72"
    >
      <div className="flex flex-col gap-3">
        <Field label={t('pipelines.required')} hint={t('pipelines.required_hint')}>
          <MultiCombobox
            options={options}
            value={stage.required_fields}
            placeholder={t('pipelines.required_none')}
            onChange={(required_fields) => void onChange({ required_fields }).catch(() => undefined)}
          />
        </Field>
        <Field label={t('pipelines.rotting')} hint={t('pipelines.rotting_hint')}>
          <CommitInput
            label={t('pipelines.rotting')}
            value={stage.rotting_days === null ? '' : String(stage.rotting_days)}
            inputMode="numeric"
            readOnly={false}
            mayBeEmpty
            onCommit={(text) =>
              /^\d{0,4}$/.test(text) ? onChange({ rotting_days: text === '' ? null : Number(text) }) : null
            }
          />
        </Field>
        {pipeline.object === 'deal' && stage.type === 'open' ? (
          <ForecastRule stage={stage} onChange={onChange} />
        ) : null}
      </div>
    </Popover>
  )
}

const byProbability = 'by_probability'

/** What the open deals of the stage are counted as. */
function ForecastRule({ stage, onChange }: Omit<Props, 'pipeline'>) {
  const { t } = useTranslation()
  const category = t(
    `records.option.forecast_category.${forecastCategoryOf({ ...stage, forecast_category: null })}`,
  )
  return (
    <Field label={t('pipelines.forecast')} hint={t('pipelines.forecast_hint')}>
      <Select
        label={t('pipelines.forecast')}
        value={stage.forecast_category ?? byProbability}
        options={[
          { value: byProbability, label: t('pipelines.by_probability', { category }) },
          ...forecastCategories.map((value) => ({
            value,
            label: t(`records.option.forecast_category.${value}`),
          })),
        ]}
        onChange={(value) =>
          void onChange({ forecast_category: value === byProbability ? null : value }).catch(() => undefined)
        }
      />
    </Field>
  )
}

/** The same in a few words; nothing where a stage has no rules. */
export function RulesLine({ stage }: { stage: Stage }) {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useFieldLabel()
  const rules = [
    stage.required_fields.length === 0
      ? null
      : t('pipelines.needs', { fields: format.list(stage.required_fields.map(labelOf)) }),
    stage.rotting_days === null ? null : t('pipelines.rots', { count: stage.rotting_days }),
    stage.forecast_category === null
      ? null
      : t('pipelines.counts_as', {
          category: t(`records.option.forecast_category.${stage.forecast_category}`),
        }),
  ].filter((rule) => rule !== null)
  return rules.length === 0 ? null : <p className="px-2 pt-0.5 text-12 text-muted">{rules.join(' · ')}</p>
}
