import type { PresentPerson } from '@rapport/sdk'
import type { FocusEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecordPresence } from '../../app/presence.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { useFieldLabel } from './useFieldLabel.ts'

const mostNamed = 2

/** Who else has the record open, in a line that is read out when it changes. */
function PresentPeople({ people }: { people: readonly PresentPerson[] }) {
  const { t } = useTranslation()
  const labelOf = useFieldLabel()
  const sentenceOf = ({ name, editing, field }: PresentPerson) => {
    if (!editing) return t('presence.viewing', { name })
    return field === null
      ? t('presence.editing', { name })
      : t('presence.editing_field', { name, field: labelOf(field) })
  }
  const told = people.toSorted((a, b) => Number(b.editing) - Number(a.editing)).slice(0, mostNamed)
  const more = people.length - told.length
  return (
    <output className="flex flex-col gap-1 text-12 text-muted not-has-[p]:-mb-6">
      {told.map((person) => (
        <p key={person.user_id} className="flex min-w-0 items-center gap-1.5">
          <Avatar name={person.name} size={20} decorative />
          <span className="truncate">{sentenceOf(person)}</span>
        </p>
      ))}
      {more > 0 ? <p>{t('presence.more', { count: more })}</p> : null}
    </output>
  )
}

/** A control in which one types or chooses, as against one that merely has the focus. */
const editor = 'input, textarea, [contenteditable=true], [role=combobox][aria-expanded=true]'

type Props = { object: string; id: string; children: ReactNode }

/**
 * What is shown of a record: others see that it is open here, and which of the fields marked with `data-field` is
 * being edited.
 */
export function SharedRecord({ object, id, children }: Props) {
  const { others, edit } = useRecordPresence(object, id)
  const noteField = ({ target }: FocusEvent<HTMLElement>) => {
    const field = target.matches(editor) ? target.closest<HTMLElement>('[data-field]') : null
    edit(field?.dataset['field'] ?? null)
  }
  return (
    <div className="contents" onFocus={noteField} onBlur={() => edit(null)}>
      <PresentPeople people={others} />
      {children}
    </div>
  )
}
