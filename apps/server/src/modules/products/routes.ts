import { operations } from '@rapport/contracts'
import type { Module } from '../../platform/platform.ts'
import { routeRecords } from '../records/index.ts'
import { products } from './definition.ts'

export const productsModule: Module = ({ api }) => {
  routeRecords(api, products, operations.products)
}
