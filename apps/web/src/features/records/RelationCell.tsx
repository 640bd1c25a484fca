import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { OptionEditor } from '../../ui/fields/OptionEditor.tsx'
import type { FieldEditorProps } from '../../ui/fields/types.ts'
import { choicesQuery, type Related } from './related.ts'

type Props = FieldEditorProps & {
  to: string
  chosen: Related | null
  /** A record that cannot be chosen: the one that leads there. */
  not: string | undefined
}

/** Another record, found by typing its name on the cell. */
export function RelationCell({ to, chosen, not, ...props }: Props) {
  const [typed, setTyped] = useState(props.typed ?? '')
  const query = useQuery(choicesQuery(to, typed))
  const choices = (query.data ?? []).filter(({ value }) => value !== not)
  return (
    <OptionEditor
      {...props}
      options={choices}
      current={chosen ? { value: chosen.id, label: chosen.name } : undefined}
      onSearch={setTyped}
      searching={query.isFetching}
    />
  )
}
