import { line, type Team } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Chip } from '../../ui/Chip.tsx'
import { Combobox, MultiCombobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useMembers } from '../members/api.ts'
import { useCreateTeam, useUpdateTeam } from './api.ts'

type Props = { open: boolean; team: Team | null; onClose: () => void }

/** Makes a team, or changes its name, its manager and who belongs to it. */
export function TeamDialog({ open, team, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={team ? team.name : t('teams.new')}
    >
      <TeamForm key={team?.id ?? 'new'} team={team} onDone={onClose} />
    </Dialog>
  )
}

const Typed = z.object({
  name: line(80),
  manager_id: z.uuid().nullable(),
  member_ids: z.array(z.uuid()),
})

function TeamForm({ team, onDone }: { team: Team | null; onDone: () => void }) {
  const { t } = useTranslation()
  const create = useCreateTeam()
  const update = useUpdateTeam()
  const [key] = useState(() => crypto.randomUUID())
  const people = useMembers().map(({ user_id, full_name, email }) => ({
    value: user_id,
    label: full_name,
    detail: email,
    avatar: 'person' as const,
  }))
  const shell = useFormShell({
    schema: Typed,
    defaults: {
      name: team?.name ?? '',
      manager_id: team?.manager_id ?? null,
      member_ids: team?.member_ids ?? [],
    },
    explain(error) {
      if (!isProblem(error)) return null
      if (error.code === 'version_conflict') return { message: t('teams.problem.conflict') }
      const taken = error.problem.errors?.some(({ path, code }) => path === 'name' && code === 'taken')
      return taken ? { field: 'name', message: t('teams.problem.name_taken') } : null
    },
    async submit(body) {
      if (team) await update.mutateAsync({ id: team.id, body: { ...body, version: team.version } })
      else await create.mutateAsync({ key, body })
      notify.success(t(team ? 'teams.saved' : 'teams.made', { name: body.name }))
      onDone()
    },
  })
  const chosen = shell.form.watch('member_ids')
  const drop = (id: string) =>
    shell.form.setValue(
      'member_ids',
      chosen.filter((other) => other !== id),
      { shouldDirty: true },
    )
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="name" label={t('teams.name')}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField
        shell={shell}
        name="manager_id"
        label={t('teams.manager')}
        hint={t('teams.manager_hint')}
        optional
      >
        {(field) => (
          <Combobox
            value={field.value ?? null}
            onChange={field.onChange}
            onBlur={field.onBlur}
            placeholder={t('teams.no_manager')}
            options={people}
          />
        )}
      </FormField>
      <FormField shell={shell} name="member_ids" label={t('teams.members_label')}>
        {(field) => (
          <MultiCombobox
            value={field.value}
            onChange={field.onChange}
            placeholder={t('teams.nobody')}
            options={people}
          />
        )}
      </FormField>
      {chosen.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5" aria-label={t('teams.members_label')}>
          {chosen.map((id) => {
            const name = people.find(({ value }) => value === id)?.label ?? t('teams.somebody')
            return (
              <li key={id} className="max-w-full">
                <Chip name={name} onRemove={() => drop(id)}>
                  <span className="truncate">{name}</span>
                </Chip>
              </li>
            )
          })}
        </ul>
      ) : null}
      <FormActions
        submit={t(team ? 'common.action.save' : 'common.action.create')}
        busy={shell.submitting}
        onCancel={onDone}
      />
    </Form>
  )
}
