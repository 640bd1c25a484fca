import { line, type ChatChannel } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useMe } from '../../app/session.ts'
import { useMembers } from '../members/api.ts'
import { PersonAvatar } from '../presence/PersonAvatar.tsx'
import { membersOfQuery, useCreateChannel, useInviteTo, useUpdateChannel } from './api.ts'
import { PeoplePicker, usePeople } from './PeoplePicker.tsx'

const Typed = z.object({
  name: line(80),
  topic: z.string().trim().max(250),
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
  const describe = useDescribeProblem()
  const create = useCreateChannel()
  const [chosen, setChosen] = useState<string[]>([])
  const start = (member_ids: string[]) =>
    void create.mutateAsync({ key: crypto.randomUUID(), body: { kind: 'direct', member_ids } }).then(
      (channel) => {
        onClose()
        onOpen(channel)
      },
      (error: unknown) => notify.problem(t('common.problem.title'), describe(error)),
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

export function EditChannelDialog({ channel, onClose }: { channel: ChatChannel; onClose: () => void }) {
  const { t } = useTranslation()
  const update = useUpdateChannel(channel.id)
  const shell = useFormShell({
    schema: Typed.pick({ name: true, topic: true }),
    defaults: { name: channel.name, topic: channel.topic ?? '' },
    async submit({ name, topic }) {
      await update.mutateAsync({ name, topic: topic === '' ? null : topic, version: channel.version })
      onClose()
    },
  })
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.edit_channel.title')}>
      <Form shell={shell}>
        <FormField shell={shell} name="name" label={t('chat.new_channel.name')}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField shell={shell} name="topic" label={t('chat.new_channel.topic')} optional>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormActions submit={t('common.action.save')} busy={shell.submitting} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}

/** Who is in the channel, and who comes in. */
export function MembersDialog({ channel, onClose }: { channel: ChatChannel; onClose: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const me = useMe().user.id
  const query = useQuery(membersOfQuery(channel.id))
  const invite = useInviteTo(channel.id)
  const [chosen, setChosen] = useState<string[]>([])
  const inside = new Set((query.data ?? []).map(({ user_id }) => user_id))
  const outside = useMembers().filter(({ user_id }) => !inside.has(user_id))
  const bring = () =>
    void invite.mutateAsync(chosen).then(
      () => setChosen([]),
      (error: unknown) => notify.problem(t('common.problem.title'), describe(error)),
    )
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.members.title')} description={channel.name}>
      <div className="flex flex-col gap-3">
        {channel.can.invite && query.isSuccess && outside.length > 0 ? (
          <div className="flex items-center gap-2">
            <div className="min-w-0 flex-1">
              <MultiCombobox
                label={t('chat.members.add')}
                value={chosen}
                onChange={setChosen}
                placeholder={t('chat.members.add')}
                options={outside.map(({ user_id, full_name, email }) => ({
                  value: user_id,
                  label: full_name,
                  detail: email,
                  avatar: 'person' as const,
                }))}
              />
            </div>
            <Button
              variant="primary"
              disabled={chosen.length === 0}
              loading={invite.isPending}
              onClick={bring}
            >
              {t('chat.members.bring')}
            </Button>
          </div>
        ) : null}
        {query.isPending ? <Skeleton className="h-16 w-full" /> : null}
        <ul className="flex flex-col" aria-label={t('chat.members.title')}>
          {(query.data ?? []).map(({ user_id, name }) => (
            <li key={user_id} className="flex min-h-row items-center gap-2">
              <PersonAvatar user_id={user_id} name={name} size={24} decorative />
              <span className="min-w-0 flex-1 truncate text-13">{name}</span>
              {user_id === me ? <span className="text-12 text-faint">{t('chat.you')}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
