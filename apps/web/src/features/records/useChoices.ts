import { customPrefix, type FieldDescription } from '@rapport/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComboboxOption } from '../../ui/ComboboxPopup.tsx'
import type { Hue } from '../../ui/hue.ts'
import { useCustomFields } from '../custom-fields/api.ts'
import { useMembers } from '../members/api.ts'
import { usePipelines } from '../pipelines/api.ts'
import { useTagOptions } from '../tags/choices.ts'
import { labelOfKey } from './labelOfKey.ts'
import type { ListedRecord } from './stores.ts'

export type Choices = {
  all: readonly ComboboxOption[]
  /** Where not every record has the same ones. */
  of?: (record: ListedRecord) => readonly ComboboxOption[]
}

/** Choices whose colour means something. */
const hues: Record<string, Record<string, Hue>> = {
  status: {
    new: 'blue',
    working: 'amber',
    nurturing: 'violet',
    qualified: 'green',
    converted: 'teal',
    lost: 'slate',
    open: 'blue',
    won: 'green',
    active: 'green',
    retired: 'slate',
    done: 'green',
  },
  forecast_category: { pipeline: 'slate', best_case: 'violet', committed: 'indigo', omitted: 'slate' },
  priority: { low: 'slate', normal: 'blue', high: 'amber', urgent: 'red' },
}

/** The choices of a field; undefined where it is not chosen but written. */
export function useChoices(object: string): (field: FieldDescription) => Choices | undefined {
  const people = usePeople()
  const stages = useStageChoices(object)
  const labelOf = useOptionLabel()
  const tags = useTagOptions()
  const currencies = useCurrencies()
  const own = useOwnChoices(object)
  const flags = useFlagChoices()
  return useMemo(
    () =>
      ({ name, type, options }) => {
        if (type === 'boolean') return flags
        if (type === 'user') return { all: people }
        if (type === 'tags') return { all: tags }
        if (name === 'currency') return { all: currencies }
        if (name === 'stage_id') return stages.stages
        if (name === 'pipeline_id') return stages.pipelines
        const made = own.get(name)
        if (made) return made
        if (type !== 'select') return undefined
        return {
          all: (options ?? []).map((value) => {
            const hue = hues[name]?.[value]
            return { value, label: labelOf(name, value), ...(hue ? { hue } : {}) }
          }),
        }
      },
    [people, stages, currencies, labelOf, tags, own, flags],
  )
}

/** Yes and no. */
function useFlagChoices(): Choices {
  const { t } = useTranslation()
  return useMemo(
    () => ({
      all: [
        { value: 'true', label: t('table.boolean.yes') },
        { value: 'false', label: t('table.boolean.no') },
      ],
    }),
    [t],
  )
}

/** The options of the fields that the organization made, as it named and coloured them. */
function useOwnChoices(object: string): ReadonlyMap<string, Choices> {
  const own = useCustomFields(object)
  return useMemo(
    () =>
      new Map(
        own
          .filter(({ options }) => options.length > 0)
          .map(({ key, options }) => [
            customPrefix + key,
            { all: options.map(({ value, label, color }) => ({ value, label, hue: color })) },
          ]),
      ),
    [own],
  )
}

/** What a choice of a select is called. */
export function useOptionLabel(): (field: string, value: string) => string {
  const { t, i18n } = useTranslation()
  return useMemo(
    () => (field, value) => {
      const key = `records.option.${field}.${value}`
      return i18n.exists(key) ? t(key as 'records.option.status.new') : labelOfKey(value)
    },
    [t, i18n],
  )
}

/** By their codes, as prices are written; what they are called stands beside them. */
function useCurrencies(): ComboboxOption[] {
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'currency', fallback: 'none' })
    return Intl.supportedValuesOf('currency').map((value) => {
      const detail = names.of(value)
      return { value, label: value, ...(detail ? { detail } : {}) }
    })
  }, [language])
}

/** Members as choices. */
function usePeople(): ComboboxOption[] {
  const members = useMembers()
  return useMemo(
    () =>
      members.map((member) => ({
        value: member.user_id,
        label: member.full_name,
        avatar: 'person' as const,
      })),
    [members],
  )
}

/** A record moves within its pipeline; filters name the stages of all. */
function useStageChoices(object: string): { stages: Choices; pipelines: Choices } {
  const pipelines = usePipelines()
  return useMemo(() => {
    const own = pipelines.filter((pipeline) => pipeline.object === object)
    const choicesIn = new Map(
      own.map(({ id, stages }) => [
        id,
        stages.map((stage): ComboboxOption => ({ value: stage.id, label: stage.name, hue: stage.color })),
      ]),
    )
    const all = own.flatMap(({ id, name }) =>
      (choicesIn.get(id) ?? []).map((choice) => (own.length > 1 ? { ...choice, detail: name } : choice)),
    )
    return {
      stages: { all, of: (record) => choicesIn.get(String(record['pipeline_id'])) ?? [] },
      pipelines: { all: own.map(({ id, name }) => ({ value: id, label: name })) },
    }
  }, [pipelines, object])
}
