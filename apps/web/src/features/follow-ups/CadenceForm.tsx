import { Cadence, followUpChannels, type FollowUpChannel } from '@rapport/contracts'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { channelIcons } from './channelIcons.ts'
import { followUpKeys } from './keys.ts'

const numbers = ['1', '2', '3'] as const
type Days = Record<`days_${(typeof numbers)[number]}`, string>
type Channels = Record<`channel_${(typeof numbers)[number]}`, FollowUpChannel>
type Typed = Days & Channels & { calling_from: string; calling_until: string; calling_days: number[] }

/** 2026-03-01 was a Sunday. */
const weekdays = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, date: `2026-03-0${day + 1}` }))

export function CadenceForm({ cadence, readOnly }: { cadence: Cadence; readOnly: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const save = useMutation({
    mutationFn: (body: Cadence) => rapport.followUps.setCadence({ body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: followUpKeys.all }),
  })
  const schema = useMemo(() => typedSchema(t('common.invalid.number'), t('followUps.cadence.order')), [t])
  const shell = useFormShell<Typed, Typed>({
    schema,
    defaults: typedOf(cadence),
    submit: async (typed) => {
      await save.mutateAsync(cadenceOf(typed))
      notify.success(t('followUps.cadence.saved'))
    },
  })
  return (
    <Form shell={shell} className="max-w-xl">
      <fieldset disabled={readOnly} className="flex flex-col gap-4">
        {numbers.map((number) => (
          <div key={number} className="grid grid-cols-2 gap-4 border-b border-line pb-4">
            <FormField shell={shell} name={`days_${number}`} label={t(`followUps.cadence.days_${number}`)}>
              {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
            </FormField>
            <FormField
              shell={shell}
              name={`channel_${number}`}
              label={t('followUps.cadence.channel', { number })}
            >
              {(control) => (
                <Select
                  {...control}
                  disabled={readOnly}
                  options={followUpChannels.map((value) => ({
                    value,
                    label: t(`followUps.channel.${value}`),
                    icon: channelIcons[value],
                  }))}
                />
              )}
            </FormField>
          </div>
        ))}
        <div className="grid grid-cols-2 gap-4">
          <FormField shell={shell} name="calling_from" label={t('followUps.cadence.calling_from')}>
            {(control) => <Input {...control} type="time" />}
          </FormField>
          <FormField shell={shell} name="calling_until" label={t('followUps.cadence.calling_until')}>
            {(control) => <Input {...control} type="time" />}
          </FormField>
        </div>
        <Controller
          control={shell.form.control}
          name="calling_days"
          render={({ field: { value, onChange } }) => (
            <fieldset className="flex flex-col gap-2">
              <legend className="pb-2 text-12 font-medium">{t('followUps.cadence.calling_days')}</legend>
              <div className="flex flex-wrap gap-x-4 gap-y-2">
                {weekdays.map(({ day, date }) => (
                  <Checkbox
                    key={day}
                    checked={value.includes(day)}
                    disabled={readOnly}
                    onChange={(isOn) => onChange(isOn ? [...value, day] : value.filter((one) => one !== day))}
                  >
                    {format.weekday(date)}
                  </Checkbox>
                ))}
              </div>
              <p className="text-12 text-muted">{t('followUps.cadence.calling_hint')}</p>
            </fieldset>
          )}
        />
      </fieldset>
      {readOnly ? null : (
        <div>
          <Button type="submit" variant="primary" loading={shell.submitting}>
            {t('common.action.save')}
          </Button>
        </div>
      )}
    </Form>
  )
}

function typedSchema(noNumber: string, order: string): z.ZodType<Typed, Typed> {
  const days = z
    .string()
    .trim()
    .refine((text) => /^\d{1,3}$/.test(text) && Number(text) <= 365, noNumber)
  const channel = z.enum(followUpChannels)
  const clock = Cadence.shape.calling_from
  return z
    .object({
      days_1: days,
      days_2: days,
      days_3: days,
      channel_1: channel,
      channel_2: channel,
      channel_3: channel,
      calling_from: clock,
      calling_until: clock,
      calling_days: z.array(z.int()),
    })
    .refine((typed) => typed.calling_from < typed.calling_until, { path: ['calling_until'], message: order })
}

function typedOf({ steps, calling_from, calling_until, calling_days }: Cadence): Typed {
  const [first, second, third] = steps
  const days = (step: Cadence['steps'][number] | undefined) => String(step?.days ?? 0)
  return {
    days_1: days(first),
    days_2: days(second),
    days_3: days(third),
    channel_1: first?.channel ?? 'call',
    channel_2: second?.channel ?? 'call',
    channel_3: third?.channel ?? 'call',
    calling_from,
    calling_until,
    calling_days,
  }
}

const cadenceOf = (typed: Typed): Cadence => ({
  steps: numbers.map((number) => ({
    days: Number(typed[`days_${number}`]),
    channel: typed[`channel_${number}`],
  })),
  calling_from: typed.calling_from,
  calling_until: typed.calling_until,
  calling_days: typed.calling_days,
})
