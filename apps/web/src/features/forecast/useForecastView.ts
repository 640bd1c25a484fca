import { forecastGroupings, forecastMeasures, type ForecastMeasure } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useAddress } from '../../app/useAddress.ts'
import { useFormat } from '../../ui/format.ts'
import { dayBefore, lengths, periodOf, type Period } from './period.ts'

export type Grouping = (typeof forecastGroupings)[number]
export const spans = ['1', '7', '30', '90'] as const
export type SinceDays = (typeof spans)[number]

export type ForecastView = Period & {
  length: (typeof lengths)[number]
  group_by: Grouping
  pipeline_id: string | null
  /** `me`, `nobody`, a member or a team, as `team:<id>`; null is everybody. */
  who: string | null
  measure: ForecastMeasure
  since: SinceDays
}

const one = <Value extends string>(known: readonly Value[], text: string | null, usual: Value): Value =>
  known.find((value) => value === text) ?? usual

/** What the page shows lives in its address: it can be sent, and gone back to. */
export function useForecastView(): [ForecastView, (change: Partial<ForecastView>) => void] {
  const [params, change] = useAddress()
  const format = useFormat()
  const [opened] = useState(() => new Date().toISOString())
  const today = format.day(opened)
  const view = useMemo((): ForecastView => {
    const length = one(lengths, params.get('length'), '3')
    const from = params.get('from') ?? ''
    return {
      length,
      ...periodOf(/^20\d\d-(0[1-9]|1[0-2])$/.test(from) ? from : today.slice(0, 7), length),
      group_by: one(forecastGroupings, params.get('group'), 'none'),
      pipeline_id: params.get('pipeline'),
      who: params.get('who'),
      measure: one(forecastMeasures, params.get('measure'), 'open'),
      since: one(spans, params.get('since'), '7'),
    }
  }, [params, today])
  const set = (wanted: Partial<ForecastView>) =>
    change((known) => {
      const { group_by, pipeline_id, to: _, ...others } = wanted
      const texts: Record<string, string | null | undefined> = {
        ...others,
        group: group_by,
        pipeline: pipeline_id,
      }
      for (const [name, text] of Object.entries(texts)) {
        if (text === null) known.delete(name)
        else if (text !== undefined) known.set(name, text)
      }
      return known
    }, true)
  return [view, set]
}

/** As the API takes it. */
export function narrowingOf({ who, pipeline_id }: Pick<ForecastView, 'who' | 'pipeline_id'>) {
  const team_id = who?.startsWith('team:') ? who.slice('team:'.length) : undefined
  return {
    ...(pipeline_id ? { pipeline_id } : {}),
    ...(team_id ? { team_id } : who ? { owner_id: who } : {}),
  }
}

/** The beginning of the day that many days ago, where the reader is. */
export const instantBefore = (format: ReturnType<typeof useFormat>, days: SinceDays): string =>
  format.instant(`${dayBefore(format.day(new Date().toISOString()), Number(days))}T00:00`)
