import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { Field } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Section } from '../../ui/Section.tsx'
import { useMemberName, useMembers } from '../members/api.ts'
import { AbsenceForm } from './AbsenceForm.tsx'
import { absencesQuery, useEndAbsence } from './api.ts'

/** Who is away, and who will be; whoever manages members says so for others. */
export function AbsenceList() {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const nameOf = useMemberName()
  const people = useMembers()
  const mayManage = useMay('members:manage')
  const { data: absences = [] } = useQuery(absencesQuery)
  const end = useEndAbsence()
  const [chosen, setChosen] = useState<string | null>(null)
  const known = absences.find(({ user_id }) => user_id === chosen) ?? null
  return (
    <Section title={t('assignment.absence.title')} text={t('assignment.absence.text')}>
      {absences.length === 0 ? (
        <p className="text-13 text-muted">{t('assignment.absence.none')}</p>
      ) : (
        <ul className="flex flex-col border-t border-line">
          {absences.map(({ user_id, from_day, to_day }) => {
            const name = nameOf(user_id) ?? t('assignment.somebody')
            return (
              <li key={user_id} className="flex min-h-9 items-center gap-3 border-b border-line text-13">
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                <span className="text-muted tabular">
                  {t('assignment.absence.span', {
                    from: format.plainDay(from_day),
                    to: format.plainDay(to_day),
                  })}
                </span>
                {mayManage ? (
                  <IconButton
                    icon={X}
                    size="small"
                    label={t('assignment.absence.end_of', { name })}
                    onClick={() =>
                      end.mutate(user_id, {
                        onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
                        onSuccess: () => notify.success(t('assignment.absence.ended')),
                      })
                    }
                  />
                ) : null}
              </li>
            )
          })}
        </ul>
      )}
      {mayManage ? (
        <div className="flex flex-col gap-3 pt-3">
          <div className="max-w-xs">
            <Field label={t('assignment.member')}>
              <Combobox
                value={chosen}
                onChange={setChosen}
                placeholder={t('common.field.choose')}
                options={people.map(({ user_id, full_name }) => ({
                  value: user_id,
                  label: full_name,
                  avatar: 'person' as const,
                }))}
              />
            </Field>
          </div>
          {chosen === null ? null : (
            <AbsenceForm key={`${chosen} ${known?.from_day}`} user_id={chosen} absence={known} />
          )}
        </div>
      ) : null}
    </Section>
  )
}
