/** sales_pipeline.csv, as the file writes it. */
import { readRows } from './connect.ts'

export type Opportunity = {
  opportunity_id: string
  sales_agent: string
  product: string
  account: string
  deal_stage: 'Prospecting' | 'Engaging' | 'Won' | 'Lost'
  /** Month/day/year; empty while nobody has spoken with them. */
  engage_date: string
  close_date: string
  /** Dollars; 0 when lost, empty while open. */
  close_value: string
}

export const readOpportunities = () => readRows<Opportunity>('sales_pipeline.csv')

/** `3/1/2017` is 2017-03-01. */
export function dayOf(text: string): string | null {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  return year === '' ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
