/** What one wants of a record's tags, as the API takes it and as the screen shows it meanwhile. */
import { tagKey, type RecordTag } from '@rapport/contracts'

/** The tags of a record of any kind. */
export const tagsIn = (record: { [field: string]: unknown }): readonly RecordTag[] =>
  Array.isArray(record['tags']) ? (record['tags'] as RecordTag[]) : []

const isCalled = ({ id, name }: RecordTag, text: string): boolean =>
  id === text || tagKey(name) === tagKey(text)

type Wish = { change: { tags: { add: string[]; remove: string[] } }; shown: { tags: RecordTag[] } }

/**
 * The difference alone is sent: others may add and take off tags at the same time. Null when there is none.
 * @param wanted all tags that the record is to carry, by id or name.
 */
export function wishOf(now: readonly RecordTag[], wanted: unknown, known: readonly RecordTag[]): Wish | null {
  const texts = Array.isArray(wanted) ? wanted.map(String) : []
  const add = texts.filter((text) => !now.some((tag) => isCalled(tag, text)))
  const gone = now.filter((tag) => !texts.some((text) => isCalled(tag, text)))
  if (add.length === 0 && gone.length === 0) return null
  const come = add.map(
    (text): RecordTag =>
      known.find((tag) => isCalled(tag, text)) ?? { id: text, name: text.trim(), color: 'slate' },
  )
  const tags = [...now.filter((tag) => !gone.includes(tag)), ...come].map(({ id, name, color }) => ({
    id,
    name,
    color,
  }))
  return {
    change: { tags: { add, remove: gone.map(({ id }) => id) } },
    shown: { tags: tags.toSorted((one, other) => (tagKey(one.name) < tagKey(other.name) ? -1 : 1)) },
  }
}
