import { Email, line } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldAccess } from '../../app/fieldAccess.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useMembers } from '../members/api.ts'
import { useCreateLead } from './api.ts'

/** What the form holds: text as typed. It becomes the API's shape at the submit. */
const Typed = z.object({
  full_name: line(200),
  company_name: z.string().trim().max(200),
  email: z.union([z.literal(''), Email]),
  phone: z.string().trim().max(60),
  source: z.string().trim().max(120),
  estimated_value: z
    .string()
    .trim()
    .refine((text) => text === '' || Number(text.replace(',', '.')) >= 0, 'number'),
  owner_id: z.uuid().nullable(),
})

export type NewLeadDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  onCreated: (id: string) => void
}

export function NewLeadDialog({ open, onOpenChange, onCreated }: NewLeadDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('leads.create_title')}>
      <NewLeadForm
        onDone={(id) => {
          onOpenChange(false)
          onCreated(id)
        }}
        onCancel={() => onOpenChange(false)}
      />
    </Dialog>
  )
}

function NewLeadForm({ onDone, onCancel }: { onDone: (id: string) => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const members = useMembers()
  const create = useCreateLead()
  const { edits } = useFieldAccess('lead')
  const [key] = useState(() => crypto.randomUUID())
  const shell = useFormShell({
    schema: Typed,
    draft_key: 'new-lead',
    defaults: {
      full_name: '',
      company_name: '',
      email: '',
      phone: '',
      source: '',
      estimated_value: '',
      owner_id: me.user.id,
    },
    submit: async ({ full_name, owner_id, estimated_value, ...texts }) => {
      const filled = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
      const value =
        estimated_value === '' ? {} : { estimated_value: Number(estimated_value.replace(',', '.')) }
      // A kept draft may hold more than one's role may give by now.
      const given = Object.entries({ owner_id, ...filled, ...value }).filter(([field]) => edits(field))
      const lead = await create.mutateAsync({ key, body: { full_name, ...Object.fromEntries(given) } })
      notify.success(t('leads.toast.created', { name: lead.full_name }))
      onDone(lead.id)
    },
  })
  const text = (
    name: 'full_name' | 'company_name' | 'phone' | 'source' | 'estimated_value' | 'email',
    optional = true,
  ) =>
    optional && !edits(name) ? null : (
      <FormField shell={shell} name={name} label={t(`leads.field.${name}`)} optional={optional}>
        {(field) => (
          <Input
            {...field}
            autoComplete="off"
            {...(name === 'email' ? { inputMode: 'email' as const } : {})}
            {...(name === 'phone' ? { inputMode: 'tel' as const } : {})}
            {...(name === 'estimated_value'
              ? {
                  inputMode: 'decimal' as const,
                  trailing: <span className="px-2">{me.organization.currency}</span>,
                }
              : {})}
          />
        )}
      </FormField>
    )
  return (
    <Form shell={shell}>
      {text('full_name', false)}
      {text('company_name')}
      <div className="grid gap-4 sm:grid-cols-2">
        {text('email')}
        {text('phone')}
        {text('source')}
        {text('estimated_value')}
      </div>
      {edits('owner_id') ? (
        <FormField shell={shell} name="owner_id" label={t('leads.field.owner_id')} optional>
          {(field) => (
            <Combobox
              value={field.value ?? null}
              onChange={field.onChange}
              onBlur={field.onBlur}
              placeholder={t('leads.not_set')}
              options={members.map((member) => ({
                value: member.user_id,
                label: member.full_name,
                detail: member.email,
                avatar: 'person' as const,
              }))}
            />
          )}
        </FormField>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onCancel}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={shell.submitting}>
          {t('common.action.create')}
        </Button>
      </div>
    </Form>
  )
}
