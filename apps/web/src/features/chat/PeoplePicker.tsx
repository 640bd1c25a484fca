import { Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Chip } from '../../ui/Chip.tsx'
import type { ComboboxOption } from '../../ui/Combobox.tsx'
import { cx } from '../../ui/cx.ts'
import { Input } from '../../ui/Input.tsx'
import { useMembers } from '../members/api.ts'
import { plain } from '../../ui/plain.ts'

/** Everybody else, to choose from. */
export function usePeople(): ComboboxOption[] {
  const me = useMe().user.id
  const members = useMembers()
  return useMemo(
    () =>
      members
        .filter(({ user_id }) => user_id !== me)
        .map(({ user_id, full_name, email }) => ({
          value: user_id,
          label: full_name,
          detail: email,
          avatar: 'person' as const,
        })),
    [members, me],
  )
}

type Props = {
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  /** Enter with one person found and nobody chosen yet: that is who is meant. */
  onFirst: (id: string) => void
}

/** The people themselves are on screen at once: a conversation is two presses away. */
export function PeoplePicker({ chosen, onChange, onFirst }: Props) {
  const { t } = useTranslation()
  const people = usePeople()
  const [typed, setTyped] = useState('')
  const found = people.filter(({ label, detail = '' }) => plain(`${label} ${detail}`).includes(plain(typed)))
  const toggle = (id: string) => {
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
    setTyped('')
  }
  return (
    <div className="flex flex-col gap-2">
      <Input
        aria-label={t('chat.direct.find')}
        placeholder={t('chat.direct.find')}
        value={typed}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          const [first] = found
          if (event.key !== 'Enter' || !first || typed === '') return
          event.preventDefault()
          if (chosen.length === 0 && found.length === 1) onFirst(first.value)
          else toggle(first.value)
        }}
      />
      {chosen.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5" aria-label={t('chat.direct.chosen')}>
          {chosen.map((id) => {
            const name = people.find(({ value }) => value === id)?.label ?? t('notes.somebody')
            return (
              <li key={id}>
                <Chip name={name} onRemove={() => toggle(id)}>
                  <span className="truncate">{name}</span>
                </Chip>
              </li>
            )
          })}
        </ul>
      ) : null}
      <ul className="max-h-72 overflow-y-auto" aria-label={t('chat.direct.people')}>
        {found.map(({ value, label, detail }) => {
          const on = chosen.includes(value)
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={on}
                className={cx(
                  'flex min-h-row w-full items-center gap-2 rounded-base px-2 text-left text-13 hover:bg-hover',
                  on && 'bg-selected',
                )}
                onClick={() => toggle(value)}
              >
                <Avatar name={label} size={24} decorative />
                <span className="truncate">{label}</span>
                <span className="min-w-0 flex-1 truncate text-12 text-faint">{detail}</span>
                {on ? <Check className="size-4 text-accent-ink" strokeWidth={2} aria-hidden /> : null}
              </button>
            </li>
          )
        })}
      </ul>
      {found.length === 0 ? <p className="px-2 text-13 text-muted">{t('notes.picker.none')}</p> : null}
    </div>
  )
}
