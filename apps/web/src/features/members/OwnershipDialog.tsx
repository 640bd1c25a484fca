import type { Member } from '@rapport/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { isProblem } from '../../ui/problem.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useTransferOwnership } from './api.ts'
import { useMemberProblem } from './useMemberProblem.ts'

type Props = { member: Member; open: boolean; onOpenChange: (open: boolean) => void }

export function OwnershipDialog({ member, open, onOpenChange }: Props) {
  const { t } = useTranslation()
  const { organization } = useMe()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('members.ownership.title', { name: member.full_name })}
      description={t('members.ownership.text', { organization: organization.name })}
    >
      <OwnershipForm member={member} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

const Typed = z.strictObject({ password: z.string().min(1).max(200) })

function OwnershipForm({ member, onDone }: { member: Member; onDone: () => void }) {
  const { t } = useTranslation()
  const heading = useId()
  const transfer = useTransferOwnership()
  const describe = useMemberProblem()
  const [after, setAfter] = useState<'leave' | 'stay'>('leave')
  const name = member.full_name
  const shell = useFormShell({
    schema: Typed,
    defaults: { password: '' },
    secret: ['password'],
    submit: async ({ password }) => {
      await transfer.mutateAsync({ user_id: member.user_id, password, stay_owner: after === 'stay' })
      notify.success(t('members.toast.ownership', { name }))
      onDone()
    },
    explain: (error) =>
      isProblem(error) && error.status === 422
        ? { field: 'password', message: t('members.ownership.wrong_password') }
        : { message: describe(error) },
  })
  return (
    <Form shell={shell} className="pb-2">
      <div>
        <p id={heading} className="pb-1 text-12 font-medium">
          {t('members.ownership.after')}
        </p>
        <RadioList
          labelledBy={heading}
          value={after}
          onChange={setAfter}
          className="-mx-2"
          choices={[
            {
              value: 'leave',
              label: t('members.ownership.leave'),
              text: t('members.ownership.leave_text', { name }),
            },
            { value: 'stay', label: t('members.ownership.stay'), text: t('members.ownership.stay_text') },
          ]}
        />
      </div>
      <FormField shell={shell} name="password" label={t('members.ownership.password')}>
        {(field) => <Input {...field} type="password" autoComplete="current-password" />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {t('common.action.cancel')}
        </Button>
        <Button type="submit" variant="danger" loading={shell.submitting}>
          {t('members.ownership.submit')}
        </Button>
      </div>
    </Form>
  )
}
