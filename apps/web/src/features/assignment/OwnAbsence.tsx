import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../../app/session.ts'
import { Section } from '../../ui/Section.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AbsenceForm } from './AbsenceForm.tsx'
import { absencesQuery } from './api.ts'

/** When one is away oneself. */
export function OwnAbsence() {
  const { t } = useTranslation()
  const { user } = useMe()
  const mayRead = useMay('members:read')
  const { data } = useQuery({ ...absencesQuery, enabled: mayRead })
  if (!mayRead) return null
  const absence = data?.find(({ user_id }) => user_id === user.id) ?? null
  return (
    <Section title={t('assignment.absence.title')} text={t('assignment.absence.own')}>
      {data ? (
        <AbsenceForm key={absence?.from_day} user_id={user.id} absence={absence} />
      ) : (
        <Skeleton className="h-control w-full" />
      )}
    </Section>
  )
}
