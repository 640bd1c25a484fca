import { ChevronLeft, ChevronRight } from 'lucide-react'
import { forecastGroupings } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { teamsQuery, useMembers } from '../members/api.ts'
import { usePipelines } from '../pipelines/api.ts'
import { lengths, movedBy, periodOf } from './period.ts'
import type { ForecastView } from './useForecastView.ts'

type Props = { view: ForecastView; onChange: (change: Partial<ForecastView>) => void }

const all = 'all'

export function ForecastControls({ view, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { length, group_by, pipeline_id, who, from, to } = view
  const pipelines = usePipelines().filter(({ object }) => object === 'deal')
  const people = usePeople()
  return (
    <>
      <div className="flex items-center gap-1">
        <IconButton
          icon={ChevronLeft}
          size="small"
          label={t('forecast.before')}
          onClick={() => onChange(movedBy(view, length, -1))}
        />
        <span
          className="inline-block min-w-36 text-center first-letter:uppercase text-13 font-medium tabular"
          aria-live="polite"
        >
          {format.months(from, to)}
        </span>
        <IconButton
          icon={ChevronRight}
          size="small"
          label={t('forecast.after')}
          onClick={() => onChange(movedBy(view, length, 1))}
        />
      </div>
      <Select
        size="small"
        className="w-auto!"
        label={t('forecast.length')}
        value={length}
        options={lengths.map((value) => ({ value, label: t(`forecast.lengths.m${value}`) }))}
        onChange={(value) => onChange({ length: value, ...periodOf(from, value) })}
      />
      <Select
        size="small"
        className="w-auto!"
        label={t('forecast.group')}
        value={group_by}
        options={forecastGroupings.map((value) => ({ value, label: t(`forecast.groups.${value}`) }))}
        onChange={(value) => onChange({ group_by: value })}
      />
      {pipelines.length > 1 ? (
        <Select
          size="small"
          className="w-auto!"
          label={t('forecast.pipeline')}
          value={pipeline_id ?? all}
          options={[
            { value: all, label: t('forecast.all_pipelines') },
            ...pipelines.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => onChange({ pipeline_id: value === all ? null : value })}
        />
      ) : null}
      <Combobox
        size="small"
        className="w-44!"
        label={t('forecast.who')}
        value={who ?? all}
        options={people}
        onChange={(value) => onChange({ who: value === all ? null : value })}
      />
    </>
  )
}

function usePeople() {
  const { t } = useTranslation()
  const members = useMembers()
  const teams = useQuery({ ...teamsQuery, enabled: useMay('teams:read') }).data ?? []
  return [
    { value: all, label: t('forecast.everybody') },
    { value: 'me', label: t('forecast.me') },
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name, detail: t('forecast.team') })),
    ...members.map(({ user_id, full_name }) => ({
      value: user_id,
      label: full_name,
      avatar: 'person' as const,
    })),
    { value: 'nobody', label: t('forecast.nobody') },
  ]
}
