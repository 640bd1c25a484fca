/** What search repeats of a person. The record itself tells all of it, so nothing is collected here. */
import { sql } from 'kysely'
import type { PersonalData } from '../../platform/personal-data/index.ts'
import { unlearnAll } from './unlearn.ts'

type Erase = PersonalData['erase']

const eraseWords: Erase = async ({ tx, actor }, { object, record_ids }) => {
  const { rows } = await sql`
    SELECT search_forget(${actor.organization_id}::uuid, ${object}, n.id) FROM unnest(${record_ids}::uuid[]) n (id)
    WHERE EXISTS (SELECT FROM search_documents d
      WHERE d.organization_id = ${actor.organization_id}::uuid AND d.object = ${object} AND d.record_id = n.id)`.execute(
    tx,
  )
  return rows.length
}

const eraseDocuments: Erase = async ({ tx, actor }, { object, record_ids }) => {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM search_documents WHERE organization_id = ${actor.organization_id}::uuid AND object = ${object}
      AND record_id = ANY(${record_ids}::uuid[])`.execute(tx)
  return Number(numAffectedRows)
}

/** Words first: they are known by the document. */
export const searchPersonalData: readonly PersonalData[] = [
  { table: 'search_words', erase: eraseWords },
  { table: 'search_documents', erase: eraseDocuments },
]

/** Asked last, when no record is found by what told of the person: words that nothing else has are not offered, either. */
export const learnedPersonalData: PersonalData = { table: 'search_near', erase: unlearnAll }
