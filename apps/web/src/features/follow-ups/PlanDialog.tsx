import { followUpChannels, lastFollowUp, type FollowUp, type FollowUpChannel } from '@rapport/contracts'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useChangeFollowUp, usePlanFollowUp, type FollowedRef } from './api.ts'
import { channelIcons } from './channelIcons.ts'
import { fromWallClock, toWallClock } from './wallClock.ts'

/** What a new one begins with; a proposal brings all of it. */
export type Preset = Pick<FollowUp, 'number' | 'due_at' | 'channel'>

type Props = {
  record: FollowedRef
  /** Absent when a new one is planned. */
  followUp?: FollowUp
  preset: Preset
  /** Enter accepts a proposal: it says so. */
  proposed?: boolean
  onClose: () => void
}

type Typed = { due: string; channel: FollowUpChannel; number: string; note: string }

/** When and how somebody is followed up: for a new one, for what is proposed, and for one that is changed. */
export function PlanDialog({ record, followUp, preset, proposed = false, onClose }: Props) {
  const { t } = useTranslation()
  const { time_zone } = useMe().user
  const plan = usePlanFollowUp()
  const change = useChangeFollowUp()
  const key = useRef(crypto.randomUUID())
  const schema = useMemo(
    () =>
      z.object({
        due: z.string().refine((text) => fromWallClock(text, time_zone) !== null, t('common.invalid.date')),
        channel: z.enum(followUpChannels),
        number: z.string(),
        note: z.string().trim().max(5000),
      }) as z.ZodType<Typed, Typed>,
    [t, time_zone],
  )
  const shell = useFormShell<Typed, Typed>({
    schema,
    defaults: {
      due: toWallClock(preset.due_at, time_zone),
      channel: preset.channel,
      number: String(preset.number),
      note: followUp?.note ?? '',
    },
    submit: async ({ due, channel, number, note }) => {
      const due_at = fromWallClock(due, time_zone) ?? preset.due_at
      const words = { due_at, channel, note: note || null }
      if (followUp) await change.mutateAsync({ followUp, wish: words })
      else await plan.mutateAsync({ record, key: key.current, number: Number(number), ...words })
      notify.success(t(followUp ? 'followUps.told.changed' : 'followUps.told.planned', { number }))
      onClose()
    },
  })
  const title = t(followUp ? 'followUps.change' : proposed ? 'followUps.next' : 'followUps.plan')
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={title} size="small">
      <Form shell={shell}>
        <FormField
          shell={shell}
          name="due"
          label={t('followUps.due')}
          hint={t('followUps.zone', { time_zone })}
        >
          {(control) => <Input {...control} type="datetime-local" />}
        </FormField>
        <div className="grid grid-cols-2 gap-4">
          <FormField shell={shell} name="channel" label={t('followUps.channel_label')}>
            {(control) => (
              <Select
                {...control}
                options={followUpChannels.map((value) => ({
                  value,
                  label: t(`followUps.channel.${value}`),
                  icon: channelIcons[value],
                }))}
              />
            )}
          </FormField>
          <FormField shell={shell} name="number" label={t('followUps.number_label')}>
            {(control) => (
              <Select
                {...control}
                disabled={followUp !== undefined}
                options={Array.from({ length: lastFollowUp }, (_, index) => String(index + 1)).map(
                  (value) => ({
                    value,
                    label: t('followUps.number', { number: value }),
                  }),
                )}
              />
            )}
          </FormField>
        </div>
        <FormField shell={shell} name="note" label={t('followUps.note')} optional>
          {(control) => <Textarea {...control} rows={2} />}
        </FormField>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {t(proposed ? 'followUps.not_now' : 'common.action.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={shell.submitting}>
            {t(followUp ? 'common.action.save' : 'followUps.plan_it')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
