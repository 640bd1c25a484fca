import type { AssignmentStrategy } from '@rapport/contracts'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '../../ui/Combobox.tsx'
import { Field } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Input } from '../../ui/Input.tsx'
import { useMembers } from '../members/api.ts'
import type { Chosen } from './ruleForm.ts'

type Props = {
  strategy: AssignmentStrategy
  members: readonly Chosen[]
  onChange: (members: Chosen[]) => void
  /** Who is not to be chosen. */
  without?: string
  problem: string | null
}

/** Whom a rule chooses among, with what it needs to know of each. A territory may name somebody several times. */
export function MembersEditor({ strategy, members, onChange, without, problem }: Props) {
  const { t } = useTranslation()
  const people = useMembers().map(({ user_id, full_name }) => ({
    value: user_id,
    label: full_name,
    avatar: 'person' as const,
  }))
  const nameOf = (id: string) => people.find(({ value }) => value === id)?.label ?? t('assignment.somebody')
  const error = problem === null ? {} : { error: problem }
  if (strategy === 'member')
    return (
      <Field label={t('assignment.member')} {...error}>
        <Combobox
          value={members[0]?.user_id ?? null}
          options={people}
          placeholder={t('common.field.choose')}
          onChange={(user_id) => onChange(user_id === null ? [] : [{ user_id, weight: 1, value: '' }])}
        />
      </Field>
    )
  const put = (place: number, some: Partial<Chosen>) =>
    onChange(members.map((one, at) => (at === place ? { ...one, ...some } : one)))
  const left = people.filter(
    ({ value }) =>
      value !== without && (strategy === 'territory' || !members.some(({ user_id }) => user_id === value)),
  )
  return (
    <section aria-label={t('assignment.members')} className="flex flex-col gap-2">
      <ul className="flex flex-col gap-1.5">
        {members.map(({ user_id, weight, value }, place) => (
          <li key={`${user_id} ${place}`} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-13">{nameOf(user_id)}</span>
            {strategy === 'round_robin' ? (
              <span className="w-16 shrink-0">
                <Input
                  inputMode="numeric"
                  aria-label={t('assignment.weight', { name: nameOf(user_id) })}
                  value={weight || ''}
                  onChange={(event) =>
                    put(place, { weight: Math.min(100, Number(event.target.value.replace(/\D/g, ''))) })
                  }
                  onBlur={() => put(place, { weight: Math.max(1, weight) })}
                />
              </span>
            ) : null}
            {strategy === 'territory' ? (
              <span className="w-40 shrink-0">
                <Input
                  aria-label={t('assignment.value', { name: nameOf(user_id) })}
                  value={value}
                  maxLength={200}
                  onChange={(event) => put(place, { value: event.target.value })}
                />
              </span>
            ) : null}
            <IconButton
              icon={X}
              size="small"
              label={t('assignment.remove_member', { name: nameOf(user_id) })}
              onClick={() => onChange(members.filter((_, at) => at !== place))}
            />
          </li>
        ))}
      </ul>
      <Field label={t('assignment.add_member')} {...error}>
        <Combobox
          value={null}
          options={left}
          placeholder={t('common.field.choose')}
          onChange={(user_id) => {
            if (user_id !== null) onChange([...members, { user_id, weight: 1, value: '' }])
          }}
        />
      </Field>
    </section>
  )
}
