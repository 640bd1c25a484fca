import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Input } from '../../ui/Input.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { remindersFrom } from './reminders.ts'
import { useRemind } from './useRemind.ts'

type Props = {
  message: { id: string }
  /** When one is to be reminded so far. */
  due_at?: string
  onClose: () => void
}

const isTime = (text: string) => !Number.isNaN(Date.parse(`${text}Z`))
const isToCome = (instant: string) => Date.parse(instant) > Date.now()

/** Any time of one's own, as the clocks show it where the reader is. */
export function RemindDialog({ message, due_at, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const remind = useRemind()
  const [first] = useState(() => {
    const now = new Date()
    if (due_at !== undefined && Date.parse(due_at) > now.getTime()) return due_at
    return remindersFrom(now, format).find(({ name }) => name === 'tomorrow')?.due_at ?? now.toISOString()
  })
  const shell = useFormShell({
    schema: z.object({
      due: z
        .string()
        .refine(isTime, t('common.invalid.date'))
        .refine((text) => !isTime(text) || isToCome(format.instant(text)), t('chat.remind.past')),
    }),
    defaults: { due: format.wall(new Date(first)) },
    async submit({ due }) {
      await remind(message, format.instant(due))
      onClose()
    },
  })
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('chat.act.remind')}>
      <Form shell={shell}>
        <FormField shell={shell} name="due" label={t('chat.remind.when')}>
          {(field) => <Input {...field} type="datetime-local" />}
        </FormField>
        <FormActions submit={t('chat.remind.do')} busy={shell.submitting} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
