import { undo_hours, type ConvertedObject } from '@rapport/contracts'
import { conflict, notFound } from '../../platform/problems.ts'

export const conversionNotFound = (lead_id: string) => notFound('conversion', lead_id)

export const conversionSettled = () =>
  conflict('conversion_settled', `A conversion can be taken back within ${undo_hours} hours.`)

export const conversionUsed = (objects: readonly ConvertedObject[]) =>
  conflict(
    'conversion_used',
    `What it made has been worked on since: ${objects.join(', ')}. Keep it, or leave the conversion.`,
    { conflicts: [...objects] },
  )
