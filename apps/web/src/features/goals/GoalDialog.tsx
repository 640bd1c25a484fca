import { goalMetricNames, goalMetrics, goalPeriods, goalSpan, type Goal } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMay, useMe } from '../../app/session.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { draftNumber, readNumber } from '../../ui/fields/readNumber.ts'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { isProblem } from '../../ui/problem.ts'
import { Select } from '../../ui/Select.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { teamsQuery, useMembers } from '../members/api.ts'
import { useCreateGoal, useUpdateGoal } from './api.ts'
import { useGoalWords } from './useGoalWords.ts'

type Props = { goal: Goal | null; onClose: () => void }

/** Sets a goal, or changes what one aims at. */
export function GoalDialog({ goal, onClose }: Props) {
  const { t } = useTranslation()
  const words = useGoalWords()
  return (
    <Dialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={goal ? `${words.subject(goal)} · ${words.metric(goal)}` : t('goals.new')}
      description={goal ? words.period(goal) : undefined}
    >
      {goal ? <TargetForm goal={goal} onDone={onClose} /> : <NewGoalForm onDone={onClose} />}
    </Dialog>
  )
}

function useTargetSchema() {
  const { t } = useTranslation()
  const { locale } = useFormat()
  return useMemo(
    () =>
      z
        .string()
        .transform((text) => readNumber(text, locale))
        .pipe(z.number(t('common.invalid.number')).positive(t('common.invalid.number'))),
    [t, locale],
  )
}

function TargetForm({ goal, onDone }: { goal: Goal; onDone: () => void }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const target = useTargetSchema()
  const update = useUpdateGoal()
  const shell = useFormShell({
    schema: useMemo(() => z.object({ target }), [target]),
    defaults: { target: draftNumber(goal.target, locale) },
    explain: useExplain(),
    async submit(typed) {
      await update.mutateAsync({ ...goal, target: typed.target })
      onDone()
    },
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="target" label={t('goals.target')} hint={goal.currency ?? undefined}>
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
      </FormField>
      <FormActions busy={shell.submitting} submit={t('common.action.save')} onCancel={onDone} />
    </Form>
  )
}

const organization = 'organization'

function NewGoalForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useGoalWords()
  const me = useMe()
  const subjects = useSubjects()
  const target = useTargetSchema()
  const create = useCreateGoal()
  const [key] = useState(() => crypto.randomUUID())
  const [today] = useState(() => format.day(new Date().toISOString()))
  const shell = useFormShell({
    schema: useMemo(
      () =>
        z.object({
          subject: z.string(),
          metric: z.enum(goalMetricNames),
          period: z.enum(goalPeriods),
          starts_on: z.string(),
          target,
        }),
      [target],
    ),
    defaults: {
      subject: organization,
      metric: 'won_value' as const,
      period: 'month' as const,
      starts_on: goalSpan('month', today).starts_on,
      target: '',
    },
    explain: useExplain(),
    async submit({ subject, ...typed }) {
      const [kind, id] = subject.split(':')
      await create.mutateAsync({
        key,
        body: { ...typed, ...(kind === 'user' ? { user_id: id } : kind === 'team' ? { team_id: id } : {}) },
      })
      onDone()
    },
  })
  const metric = shell.form.watch('metric')
  const period = shell.form.watch('period')
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="subject" label={t('goals.for')}>
        {(field) => (
          <Combobox
            value={field.value}
            onChange={(value) => field.onChange(value ?? organization)}
            onBlur={field.onBlur}
            options={subjects}
          />
        )}
      </FormField>
      <FormField shell={shell} name="metric" label={t('goals.what')}>
        {(field) => (
          <Select
            {...field}
            options={goalMetricNames.map((value) => ({ value, label: words.metric({ metric: value }) }))}
          />
        )}
      </FormField>
      <div className="grid grid-cols-2 gap-4">
        <FormField shell={shell} name="period" label={t('goals.period')}>
          {(field) => (
            <Select
              {...field}
              options={goalPeriods.map((value) => ({ value, label: t(`goals.periods.${value}`) }))}
              onChange={(value) => {
                field.onChange(value)
                shell.form.setValue('starts_on', goalSpan(value, today).starts_on)
              }}
            />
          )}
        </FormField>
        <FormField shell={shell} name="starts_on" label={t('goals.when')}>
          {(field) => (
            <Select
              {...field}
              options={upcoming(period, today).map((starts_on) => ({
                value: starts_on,
                label: words.period({ period, starts_on }),
              }))}
            />
          )}
        </FormField>
      </div>
      <FormField
        shell={shell}
        name="target"
        label={t('goals.target')}
        hint={goalMetrics[metric] === 'money' ? me.organization.currency : undefined}
      >
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
      </FormField>
      <FormActions busy={shell.submitting} submit={t('common.action.create')} onCancel={onDone} />
    </Form>
  )
}

/** The present one and those that follow. */
function upcoming(period: Goal['period'], today: string): string[] {
  const starts = [goalSpan(period, today).starts_on]
  while (starts.length < 6) starts.push(goalSpan(period, starts.at(-1) ?? today).ends_before)
  return starts
}

function useSubjects() {
  const { t } = useTranslation()
  const members = useMembers()
  const teams = useQuery({ ...teamsQuery, enabled: useMay('teams:read') }).data ?? []
  return [
    { value: organization, label: t('goals.organization') },
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name, detail: t('forecast.team') })),
    ...members.map(({ user_id, full_name }) => ({
      value: `user:${user_id}`,
      label: full_name,
      avatar: 'person' as const,
    })),
  ]
}

function useExplain() {
  const { t } = useTranslation()
  return (error: unknown) => {
    if (!isProblem(error)) return null
    if (error.code === 'goal_exists') return { message: t('goals.problem.exists') }
    if (error.code === 'goal_out_of_reach') return { message: t('goals.problem.out_of_reach') }
    if (error.code === 'version_conflict') return { message: t('goals.problem.conflict') }
    const precise = error.problem.errors?.some(({ path }) => path === 'target')
    return precise ? { field: 'target' as const, message: t('goals.problem.decimals') } : null
  }
}
