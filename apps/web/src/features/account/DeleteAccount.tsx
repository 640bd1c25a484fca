import { account } from '@rapport/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { rapport } from '../../app/rapport.ts'
import { tellOtherTabs } from '../../app/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { isProblem } from '../../ui/problem.ts'
import { useFormShell } from '../../ui/useFormShell.ts'
import { explainPassword } from './explainPassword.ts'

/** It cannot be undone, so it is asked for with the password and says what will be lost. */
export function DeleteAccount() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('account.delete.question')}
      description={t('account.delete.consequence')}
      trigger={
        <Button variant="danger" className="self-start">
          {t('account.delete.open')}
        </Button>
      }
    >
      <DeleteForm onCancel={() => setOpen(false)} />
    </Dialog>
  )
}

function DeleteForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation()
  const shell = useFormShell({
    schema: account.remove.body,
    defaults: { password: '' },
    submit: async (body) => {
      await rapport.account.remove({ body })
      tellOtherTabs()
      location.assign(paths.login)
    },
    explain: (error) => {
      if (isProblem(error) && error.problem.code === 'sole_owner')
        return { message: t('account.delete.sole_owner') }
      const message = explainPassword(error, t)
      return message === null ? null : { field: 'password', message }
    },
  })
  return (
    <Form shell={shell}>
      <FormField shell={shell} name="password" label={t('account.password.current')}>
        {(field) => <PasswordInput {...field} autoComplete="current-password" />}
      </FormField>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t('common.action.cancel')}</Button>
        <Button type="submit" variant="danger" loading={shell.submitting}>
          {t('account.delete.submit')}
        </Button>
      </div>
    </Form>
  )
}
