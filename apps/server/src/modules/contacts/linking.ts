/** The kinds of records that people belong to, and where their links are kept. */
import type { EventType } from '@rapport/contracts'
import { deals } from '../deals/index.ts'
import { leads } from '../leads/index.ts'
import type { BaseRow, RecordDefinition } from '../records/index.ts'

/** A kind with contacts. A link is kept with its record: whoever may change that may change its links. */
export type Linking<Row extends BaseRow> = {
  definition: RecordDefinition<Row>
  table: 'lead_contacts' | 'deal_contacts'
  column: 'lead_id' | 'deal_id'
  events: Record<'linked' | 'unlinked', EventType>
}

const linking = <Row extends BaseRow, const Object extends 'lead' | 'deal'>(
  object: Object,
  definition: RecordDefinition<Row>,
): Linking<Row> => ({
  definition,
  table: `${object}_contacts`,
  column: `${object}_id`,
  events: { linked: `${object}.contact_linked`, unlinked: `${object}.contact_unlinked` },
})

export const leadLinking = linking('lead', leads)
export const dealLinking = linking('deal', deals)
