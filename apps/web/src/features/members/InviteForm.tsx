import { NewInvitation } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo } from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { MultiCombobox } from '../../ui/Combobox.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { RadioList } from '../../ui/RadioList.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { mostAddresses, readAddresses } from './addresses.ts'
import { assignableRolesQuery, teamsQuery, useInvite } from './api.ts'
import type { Outcome } from './InviteDialog.tsx'
import { useRoleName, useRoleText } from './roles.ts'
import { useMemberProblem } from './useMemberProblem.ts'

type Props = { onSent: (outcomes: Outcome[]) => void; onCancel: () => void }

/** The addresses are one text; what is wrong in it is said in the reader's words. */
function useTyped() {
  const { t } = useTranslation()
  return useMemo(
    () =>
      z.object({
        emails: z.string().superRefine((text, context) => {
          const { addresses, rubbish } = readAddresses(text)
          const tell = (message: string) => context.addIssue({ code: 'custom', message })
          if (rubbish.length > 0) tell(t('members.invite.invalid', { list: rubbish.slice(0, 3).join(', ') }))
          else if (addresses.length === 0) tell(t('members.invite.none'))
          else if (addresses.length > mostAddresses)
            tell(t('members.invite.too_many', { limit: mostAddresses }))
        }),
        role: NewInvitation.shape.role,
        team_ids: z.array(z.string()),
        message: z.string().max(500),
      }),
    [t],
  )
}

export function InviteForm({ onSent, onCancel }: Props) {
  const { t } = useTranslation()
  const roleHeading = useId()
  const roleName = useRoleName()
  const roleText = useRoleText()
  const describe = useMemberProblem()
  const invite = useInvite()
  const { data: roles = [] } = useQuery(assignableRolesQuery)
  const { data: teams = [] } = useQuery({ ...teamsQuery, enabled: useMay('teams:read') })
  const shell = useFormShell({
    schema: useTyped(),
    draft_key: 'invite',
    defaults: { emails: '', role: 'sales', team_ids: [] as string[], message: '' },
    submit: async ({ emails, role, team_ids, message }) => {
      const { addresses } = readAddresses(emails)
      const outcomes: Outcome[] = []
      for (const email of addresses) {
        const body = { email, role, team_ids, ...(message ? { message } : {}) }
        outcomes.push(await attempt(email, () => invite.mutateAsync(body)))
      }
      onSent(outcomes)
    },
  })

  async function attempt(email: string, send: () => Promise<Outcome['sent']>): Promise<Outcome> {
    try {
      return { email, sent: await send(), problem: null }
    } catch (error) {
      return { email, sent: null, problem: describe(error) }
    }
  }

  const count = readAddresses(useWatch({ control: shell.form.control, name: 'emails' })).addresses.length
  return (
    <Form shell={shell} className="pb-2">
      <FormField
        shell={shell}
        name="emails"
        label={t('members.invite.emails')}
        hint={t('members.invite.emails_hint')}
      >
        {(field) => (
          <Textarea {...field} rows={2} inputMode="email" spellCheck={false} autoCapitalize="none" />
        )}
      </FormField>
      <div>
        <p id={roleHeading} className="pb-1 text-12 font-medium">
          {t('members.invite.role')}
        </p>
        <Controller
          control={shell.form.control}
          name="role"
          render={({ field }) => (
            <RadioList
              labelledBy={roleHeading}
              value={field.value}
              onChange={field.onChange}
              className="grid rounded-base border border-line p-1 sm:grid-cols-2"
              choices={roles.map(({ key, name, description }) => ({
                value: key,
                label: roleName(key, name),
                text: roleText(key, description),
              }))}
            />
          )}
        />
      </div>
      {teams.length > 0 ? (
        <FormField shell={shell} name="team_ids" label={t('members.invite.teams')} optional>
          {(field) => (
            <MultiCombobox
              value={field.value}
              onChange={field.onChange}
              placeholder={t('members.invite.no_teams')}
              options={teams.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </FormField>
      ) : null}
      <FormField
        shell={shell}
        name="message"
        label={t('members.invite.message')}
        hint={t('members.invite.message_hint')}
        optional
      >
        {(field) => <Textarea {...field} rows={2} />}
      </FormField>
      <div className="sticky -bottom-2 -mx-4 -mb-2 flex justify-end gap-2 bg-raised px-4 py-3">
        <Button variant="ghost" onClick={onCancel}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={shell.submitting}>
          {t('members.invite.submit', { count: Math.max(count, 1) })}
        </Button>
      </div>
    </Form>
  )
}
