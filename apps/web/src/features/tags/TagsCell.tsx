import type { RecordTag } from '@rapport/contracts'
import type { CellEditorProps } from '../../ui/table/CellEditor.tsx'
import { ManyOptionsEditor } from '../../ui/table/ManyOptionsEditor.tsx'
import { tagOption, useChoosableTags, useNewTag } from './choices.ts'

type Props<Row> = CellEditorProps<Row> & { tags: readonly RecordTag[] }

/** The tags of a record, found or made by typing on the cell. */
export function TagsCell<Row>({ tags, ...props }: Props<Row>) {
  const choices = useChoosableTags(tags)
  const make = useNewTag()
  const { failure } = props
  const refused = failure && Array.isArray(failure.value) ? failure.value.map(String) : null
  const current = refused
    ? refused.map((text) => choices.find(({ value }) => value === text) ?? { value: text, label: text })
    : tags.map(tagOption)
  return <ManyOptionsEditor {...props} choices={choices} current={current} make={make} />
}
