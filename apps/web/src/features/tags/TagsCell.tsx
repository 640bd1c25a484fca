import type { RecordTag } from '@rapport/contracts'
import { ManyOptionsEditor } from '../../ui/fields/ManyOptionsEditor.tsx'
import type { FieldEditorProps } from '../../ui/fields/types.ts'
import { useChoosableTags, useNewTag } from './choices.ts'

type Props = FieldEditorProps & { tags: readonly RecordTag[] }

/** The tags of a record, found or made by typing on the cell. */
export function TagsCell({ tags, ...props }: Props) {
  const choices = useChoosableTags(tags)
  const make = useNewTag()
  // What was refused is there as it was typed; otherwise a record has tags by their ids.
  const value = props.refused === null ? tags.map(({ id }) => id) : props.value
  return <ManyOptionsEditor {...props} options={choices} value={value} make={make} />
}
