import { line, type ChatChannel } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useCreateChannel } from './api.ts'
import { PeoplePicker, usePeople } from './PeoplePicker.tsx'
import { useTell } from './useTell.ts'

/** What a channel is called, and what it is about. */
export const Named = z.object({ name: line(80), topic: z.string().trim().max(250) })

const Typed = Named.extend({
  is_private: z.boolean(),
  member_ids: z.array(z.uuid()),
})

type NewProps = { onClose: () => void; onOpen: (channel: ChatChannel) => void }

export function NewChannelDialog({ onClose, onOpen }: NewProps) {
  const { t } = useTranslation()
  const create = useCreateChannel()
  const [key] = useState(() => crypto.randomUUID())
  const people = usePeople()
  const shell = useFormShell({
    schema: Typed,
    defaults: { name: '', topic: '', is_private: false, member_ids: [] as string[] },
    async submit({ name, topic, is_private, member_ids }) {
      const channel = await create.mutateAsync({
        key,
        body: {
          kind: is_private ? 'private' : 'public',
          name,
          ...(topic === '' ? {} : { topic }),
          ...(member_ids.length === 0 ? {} : { member_ids }),
        },
      })
      onClose()
      onOpen(channel)
    },
  })
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.new_channel.title')}>
      <Form shell={shell}>
        <FormField shell={shell} name="name" label={t('chat.new_channel.name')}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField shell={shell} name="topic" label={t('chat.new_channel.topic')} optional>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField shell={shell} name="member_ids" label={t('chat.new_channel.members')} optional>
          {(field) => (
            <MultiCombobox
              value={field.value}
              onChange={field.onChange}
              placeholder={t('chat.direct.choose')}
              options={people}
            />
          )}
        </FormField>
        <Switch
          checked={shell.form.watch('is_private')}
          onChange={(on) => shell.form.setValue('is_private', on, { shouldDirty: true })}
        >
          <span>
            {t('chat.new_channel.private')}
            <span className="block text-12 text-muted">{t('chat.new_channel.private_means')}</span>
          </span>
        </Switch>
        <FormActions submit={t('common.action.create')} busy={shell.submitting} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}

/** With one person or several; the same people again are the same conversation. */
export function DirectDialog({ onClose, onOpen }: NewProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const create = useCreateChannel()
  const [chosen, setChosen] = useState<string[]>([])
  const start = (member_ids: string[]) =>
    tell(
      create
        .mutateAsync({ key: crypto.randomUUID(), body: { kind: 'direct', member_ids } })
        .then((channel) => {
          onClose()
          onOpen(channel)
        }),
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('chat.direct.title')}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            loading={create.isPending}
            onClick={() => start(chosen)}
          >
            {t('chat.direct.start')}
          </Button>
        </>
      }
    >
      <PeoplePicker chosen={chosen} onChange={setChosen} onFirst={(id) => start([id])} />
    </Dialog>
  )
}
