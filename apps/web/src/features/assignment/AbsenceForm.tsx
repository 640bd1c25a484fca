import type { Absence } from '@rapport/contracts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { useEndAbsence, useSetAbsence } from './api.ts'

type Props = { user_id: string; absence: Absence | null }

/** From when until when somebody is away, both days included. */
export function AbsenceForm({ user_id, absence }: Props) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const set = useSetAbsence()
  const end = useEndAbsence()
  const [from_day, setFrom] = useState(absence?.from_day ?? '')
  const [to_day, setTo] = useState(absence?.to_day ?? '')
  const wrong = from_day !== '' && to_day !== '' && to_day < from_day
  const onError = (error: unknown) => notify.problem(t('common.problem.title'), describe(error))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (from_day === '' || to_day === '' || wrong) return
    set.mutate(
      { user_id, from_day, to_day },
      { onError, onSuccess: () => notify.success(t('assignment.absence.saved')) },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <Field label={t('assignment.absence.from')}>
        <Input type="date" value={from_day} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field label={t('assignment.absence.to')} {...(wrong ? { error: t('assignment.absence.order') } : {})}>
        <Input
          type="date"
          min={from_day || undefined}
          value={to_day}
          onChange={(event) => setTo(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        loading={set.isPending}
        disabled={from_day === '' || to_day === ''}
      >
        {t('assignment.absence.save')}
      </Button>
      {absence ? (
        <Button
          loading={end.isPending}
          onClick={() =>
            end.mutate(user_id, {
              onError,
              onSuccess: () => {
                setFrom('')
                setTo('')
                notify.success(t('assignment.absence.ended'))
              },
            })
          }
        >
          {t('assignment.absence.end')}
        </Button>
      ) : null}
    </form>
  )
}
