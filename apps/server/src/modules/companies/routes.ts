import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { routeRecords } from '../records/index.ts'
import { companies } from './definition.ts'

export const companiesModule: Module = ({ api }) => {
  routeRecords(api, companies, operations.companies)
}
