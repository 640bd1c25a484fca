/** What the API says of a forecast. */
import type { Forecast, ForecastChanges } from '@rapport/contracts'
import { expect } from 'vitest'
import type { Caller } from '../../testing/app.ts'

export type Body = Record<string, unknown>

export const queryOf = (query: Record<string, string>) => new URLSearchParams(query).toString()

export async function forecastOf(caller: Caller, query: Record<string, string>): Promise<Forecast> {
  const answer = await caller.call<Forecast>('GET', `/analytics/forecast?${queryOf(query)}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

export async function changesOf(caller: Caller, query: Record<string, string>): Promise<ForecastChanges> {
  const answer = await caller.call<ForecastChanges>('GET', `/analytics/forecast/changes?${queryOf(query)}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
